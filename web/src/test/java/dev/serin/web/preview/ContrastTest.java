package dev.serin.web.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A colour")
class ContrastTest {

    private static final Pattern TOKEN =
            Pattern.compile("--([a-z-]+): light-dark\\(oklch\\(([^)]*)\\), oklch\\(([^)]*)\\)\\)");
    private static final Map<String, double[]> COLOURS = new HashMap<>();

    @BeforeAll
    static void read() throws IOException {
        var css = Files.readString(Path.of("src/main/resources/META-INF/resources/css/tokens.css"));
        TOKEN.matcher(css)
                .results()
                .forEach(token -> {
                    COLOURS.put("light " + token.group(1), linear(token.group(2)));
                    COLOURS.put("dark " + token.group(1), linear(token.group(3)));
                });
    }

    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource({
        "ink,paper",
        "ink,panel",
        "ink,waiting-wash",
        "ink-soft,paper",
        "ink-soft,panel",
        "ink-soft,waiting-wash",
        "baseline,paper",
        "baseline,waiting-wash",
        "baseline,panel",
        "candidate,paper",
        "candidate,panel",
        "candidate,waiting-wash",
        "met,paper",
        "met,panel",
        "met,waiting-wash",
        "breached,paper",
        "breached,panel",
        "breached,waiting-wash",
        "unsure,paper",
        "unsure,panel",
        "waiting,paper",
        "waiting,panel",
        "waiting,waiting-wash",
        "waiting-on,waiting",
        "paper,breached",
        "paper,unsure",
        "unsure,waiting-wash",
        "ink,candidate-wash",
        "ink-soft,candidate-wash",
        "baseline,candidate-wash",
        "candidate,candidate-wash",
        "met,candidate-wash",
        "breached,candidate-wash",
        "unsure,candidate-wash",
        "waiting,candidate-wash",
        "ink,breached-wash",
        "breached,breached-wash"
    })
    @DisplayName("of words has a contrast of 4.5 to what it stands on, in light and in dark")
    void words(String word, String ground) {
        assertThat(contrast("light", word, ground)).isGreaterThanOrEqualTo(4.5);
        assertThat(contrast("dark", word, ground)).isGreaterThanOrEqualTo(4.5);
    }

    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource({
        "edge,paper",
        "edge,panel",
        "edge,waiting-wash",
        "candidate,paper",
        "breached,paper",
        "waiting,paper",
        "met,paper",
        "unsure,paper",
        "baseline,paper",
        "breached,panel",
        "unsure,panel",
        "met,panel",
        "waiting,panel",
        "ink,candidate-fill"
    })
    @DisplayName("of edges and lines has a contrast of 3")
    void lines(String line, String ground) {
        assertThat(contrast("light", line, ground)).isGreaterThanOrEqualTo(3);
        assertThat(contrast("dark", line, ground)).isGreaterThanOrEqualTo(3);
    }

    @Test
    @DisplayName("is held against another here, whichever it is; only the faint rule means nothing")
    void allAreTested() {
        var tested =
                Stream.of("words", "lines")
                        .flatMap(test -> Stream.of(pairs(test)))
                        .flatMap(pair -> Stream.of(pair.split(",")))
                        .collect(Collectors.toSet());
        var all =
                COLOURS.keySet().stream()
                        .map(name -> name.substring(name.indexOf(' ') + 1))
                        .filter(name -> !name.equals("rule"))
                        .collect(Collectors.toSet());
        assertThat(tested).isEqualTo(all);
    }

    private static String[] pairs(String test) {
        return Stream.of(ContrastTest.class.getDeclaredMethods())
                .filter(method -> method.getName().equals(test))
                .findFirst()
                .orElseThrow()
                .getAnnotation(CsvSource.class)
                .value();
    }

    private static double contrast(String scheme, String one, String other) {
        double a = luminance(scheme + " " + one);
        double b = luminance(scheme + " " + other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(String name) {
        assertThat(COLOURS).containsKey(name);
        var rgb = COLOURS.get(name);
        return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
    }

    /// Oklch to linear sRGB, cut off at its edges as a screen does.
    private static double[] linear(String oklch) {
        var parts = oklch.trim().split("\\s+");
        double l = Double.parseDouble(parts[0]);
        double chroma = Double.parseDouble(parts[1]);
        double hue = Math.toRadians(Double.parseDouble(parts[2]));
        double a = chroma * Math.cos(hue);
        double b = chroma * Math.sin(hue);
        double x = Math.pow(l + 0.3963377774 * a + 0.2158037573 * b, 3);
        double y = Math.pow(l - 0.1055613458 * a - 0.0638541728 * b, 3);
        double z = Math.pow(l - 0.0894841775 * a - 1.2914855480 * b, 3);
        return new double[] {
            Math.clamp(4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z, 0, 1),
            Math.clamp(-1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z, 0, 1),
            Math.clamp(-0.0041960863 * x - 0.7034186147 * y + 1.7076147010 * z, 0, 1)
        };
    }
}
