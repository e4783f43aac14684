package dev.serin.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `./serin screenshots`: the pages that the tests of `web` print, as they were accepted on this
/// machine. Fonts differ between machines, so it is no part of `./serin test`.
@DisplayName("The printed pages")
class Screenshots {

    private static final Path PAGES = Path.of("..", "web", "target", "preview");
    private static final Path KEPT = Path.of("..", ".screenshots");
    private static final List<Integer> WIDTHS = List.of(390, 1280);

    @RegisterExtension
    static final Chromium CHROMIUM =
            new Chromium(new Browser.NewContextOptions().setJavaScriptEnabled(false));

    @Test
    @DisplayName("look as they were accepted")
    void lookAsAccepted() throws IOException {
        boolean accepts = System.getProperty("screenshots", "").equals("accept");
        var differ = new ArrayList<String>();
        for (var file : pages()) {
            for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                for (int width : WIDTHS) {
                    var name =
                            "%s-%s-%d"
                                    .formatted(
                                            file.getFileName().toString().replace(".html", ""),
                                            scheme.name().toLowerCase(Locale.ROOT),
                                            width);
                    var taken = take(CHROMIUM.page(), file, scheme, width);
                    if (accepts) {
                        write(accepted(name), taken);
                    } else {
                        // What differs by chance does so once.
                        compare(
                                name,
                                isAsAccepted(name, taken)
                                        ? taken
                                        : take(CHROMIUM.page(), file, scheme, width),
                                differ);
                    }
                }
            }
        }
        differ.forEach(line -> System.out.println("serin: " + line));
        System.out.println(
                accepts
                        ? "serin: accepted, in .screenshots/accepted"
                        : "serin: %d pictures differ from the accepted ones"
                                .formatted(differ.size()));
        assertThat(differ).as("differ; accept them with: ./serin screenshots --accept").isEmpty();
    }

    private static List<Path> pages() throws IOException {
        try (var files = Files.list(PAGES)) {
            return files.filter(file -> file.toString().endsWith(".html")).sorted().toList();
        }
    }

    private static byte[] take(Page page, Path file, ColorScheme scheme, int width) {
        page.setViewportSize(width, 900);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.navigate(file.toAbsolutePath().normalize().toUri().toString());
        // A caret blinks, so it would differ by chance.
        return page.screenshot(
                new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setStyle("* { caret-color: transparent !important; }"));
    }

    private static boolean isAsAccepted(String name, byte[] taken) throws IOException {
        var kept = accepted(name);
        return !Files.exists(kept)
                || new PixelDifference(ImageIO.read(kept.toFile()), picture(taken)).pixels() == 0;
    }

    private static Path accepted(String name) {
        return KEPT.resolve("accepted").resolve(name + ".png");
    }

    private static BufferedImage picture(byte[] taken) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(taken));
    }

    private static void compare(String name, byte[] taken, List<String> differ) throws IOException {
        var kept = accepted(name);
        var difference = KEPT.resolve("differences").resolve(name + ".png");
        Files.deleteIfExists(difference);
        if (!Files.exists(kept)) {
            write(difference, taken);
            differ.add("%s is new: %s".formatted(name, shown(difference)));
            return;
        }
        var was = ImageIO.read(kept.toFile());
        var is = picture(taken);
        var drawn = new PixelDifference(was, is);
        if (drawn.pixels() > 0) {
            Files.createDirectories(difference.getParent());
            ImageIO.write(drawn.picture(), "png", difference.toFile());
            differ.add(
                    String.format(
                            Locale.ROOT,
                            "%s differs in %.3f %% of its pixels: %s",
                            name,
                            drawn.share() * 100,
                            shown(difference)));
        }
    }

    private static String shown(Path file) {
        return Path.of("..").relativize(file).toString();
    }

    private static void write(Path file, byte[] picture) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, picture);
    }

    /// Two pictures over each other: what is the same is faint, what differs is red.
    private static final class PixelDifference {

        private static final int RED = 0xD01010;

        /// Of 255, in each of red, green and blue.
        private static final int NEAR = 24;

        private final BufferedImage picture;
        private final long pixels;

        PixelDifference(BufferedImage was, BufferedImage is) {
            int width = Math.max(was.getWidth(), is.getWidth());
            int height = Math.max(was.getHeight(), is.getHeight());
            picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            long differing = 0;
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    boolean inBoth = isIn(was, x, y) && isIn(is, x, y);
                    boolean same = inBoth && isNear(was.getRGB(x, y), is.getRGB(x, y));
                    differing += same ? 0 : 1;
                    picture.setRGB(x, y, same ? faint(is.getRGB(x, y)) : RED);
                }
            }
            pixels = differing;
        }

        BufferedImage picture() {
            return picture;
        }

        long pixels() {
            return pixels;
        }

        double share() {
            return pixels / (double) (picture.getWidth() * (long) picture.getHeight());
        }

        /// Edges of curves are smoothed a little differently each time.
        private static boolean isNear(int one, int other) {
            return isNear(one, other, 16) && isNear(one, other, 8) && isNear(one, other, 0);
        }

        private static boolean isNear(int one, int other, int shift) {
            return Math.abs((one >> shift & 0xFF) - (other >> shift & 0xFF)) <= NEAR;
        }

        private static boolean isIn(BufferedImage image, int x, int y) {
            return x < image.getWidth() && y < image.getHeight();
        }

        private static int faint(int rgb) {
            int grey = ((rgb >> 16 & 0xFF) + (rgb >> 8 & 0xFF) + (rgb & 0xFF)) / 3;
            int light = 200 + grey / 5;
            return light << 16 | light << 8 | light;
        }
    }
}
