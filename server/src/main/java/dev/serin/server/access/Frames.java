package dev.serin.server.access;

import dev.serin.web.layout.Frame;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.CRC32;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// The frame of the page that is being made.
@Singleton
public class Frames {

    /// What is sent with a long lifetime under an address that holds the version.
    private static final List<String> ASSETS =
            List.of(
                    "serin.js",
                    "serin.svg",
                    "css/tokens.css",
                    "css/base.css",
                    "css/parts.css",
                    "css/pages.css");

    private final AccessConfig config;
    private final Visitors visitors;
    private final String root;
    private final String release;
    private volatile @Nullable String version;

    Frames(
            AccessConfig config,
            Visitors visitors,
            @ConfigProperty(name = "quarkus.http.root-path", defaultValue = "/") String root,
            @ConfigProperty(name = "quarkus.application.version") String release) {
        this.config = config;
        this.visitors = visitors;
        this.root = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
        this.release = release;
    }

    /// The frame for whoever asks now.
    public Frame current() {
        return of(visitors.current());
    }

    /// The frame of a part that looks the same to everybody.
    public Frame ofAll() {
        return of(Visitor.STRANGER);
    }

    /// Prefix of every address, without a slash at its end.
    public String root() {
        return root;
    }

    /// An address as it stands under the root; itself if it does not.
    String underRoot(String address) {
        return address.startsWith(root + "/") ? address.substring(root.length()) : address;
    }

    Frame of(RoutingContext context) {
        return of(Visitors.of(context));
    }

    /// The frame for somebody who said only now who they are, beside what they sent.
    public Frame of(Visitor visitor) {
        return new Frame(
                root,
                version(),
                visitor.name(),
                config.mode() == Mode.DEMO,
                !config.mode().asksToSignIn(),
                visitor.may(Role.ADMIN, Grant.COMMON_TEAM),
                visitor.scope(Role.OPERATOR).isSomewhere(),
                visitor.scope(Role.ADMIN).isSomewhere());
    }

    private String version() {
        var known = version;
        if (known == null) {
            known = release.endsWith("-SNAPSHOT") ? release + "." + ofAssets() : release;
            version = known;
        }
        return known;
    }

    /// Changes with the assets, so that a browser never mixes those of two builds.
    private static String ofAssets() {
        var sum = new CRC32();
        for (var asset : ASSETS) {
            try (var in =
                    Thread.currentThread()
                            .getContextClassLoader()
                            .getResourceAsStream("META-INF/resources/" + asset)) {
                if (in != null) {
                    sum.update(in.readAllBytes());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Long.toHexString(sum.getValue());
    }
}
