package dev.serin.server.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serin.server.access.Frames;
import dev.serin.web.rollout.Note;
import dev.serin.web.words.Tone;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// What a page says once about what its reader just did.
///
/// It travels in a cookie and not in the address: the address bar stays the page that is seen, and
/// nobody can send a link that makes a page say something.
@ApplicationScoped
public class Notes {

    public static final String COOKIE = "serin-note";

    private static final int SECONDS = 20;

    /// With a comment in it the note waits until a name is said, too.
    private static final int SECONDS_WITH_COMMENT = 600;

    /// Text and comment fit into the 4096 bytes that a browser keeps, in any script.
    private static final int MOST = 450;

    private static final int MOST_COMMENT = 500;

    private final Frames frames;

    Notes(Frames frames) {
        this.frames = frames;
    }

    NewCookie of(Note note) {
        var value =
                String.join(
                        "\n",
                        note.tone().name(),
                        cut(note.text().replace('\n', ' '), MOST),
                        cut(note.comment(), MOST_COMMENT));
        return cookie(
                Base64.getUrlEncoder().withoutPadding().encodeToString(value.getBytes(UTF_8)),
                note.comment().isEmpty() ? SECONDS : SECONDS_WITH_COMMENT);
    }

    /// Takes the note back, once it was shown.
    public NewCookie read() {
        return cookie("", 0);
    }

    /// The note in a cookie's value; null if there is none.
    public static @Nullable Note from(@Nullable String cookie) {
        if (cookie == null || cookie.isEmpty()) {
            return null;
        }
        try {
            var text = new String(Base64.getUrlDecoder().decode(cookie), UTF_8);
            var lines = text.split("\n", 3);
            return new Note(Tone.valueOf(lines[0]), lines[1], lines[2]);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException _) {
            return null;
        }
    }

    private static String cut(String text, int most) {
        return text.length() > most ? text.substring(0, most) : text;
    }

    private NewCookie cookie(String value, int seconds) {
        return new NewCookie.Builder(COOKIE)
                .value(value)
                .path(frames.root() + "/")
                .maxAge(seconds)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }
}
