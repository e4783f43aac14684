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
    private static final int MOST = 1_000;

    private final Frames frames;

    Notes(Frames frames) {
        this.frames = frames;
    }

    NewCookie of(Note note) {
        var text = note.text().length() > MOST ? note.text().substring(0, MOST) : note.text();
        var value = (note.tone().name() + "\n" + text).getBytes(UTF_8);
        return cookie(Base64.getUrlEncoder().withoutPadding().encodeToString(value), SECONDS);
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
            int line = text.indexOf('\n');
            return new Note(Tone.valueOf(text.substring(0, line)), text.substring(line + 1));
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException _) {
            return null;
        }
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
