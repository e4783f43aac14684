package dev.serin.server.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Who may come in, under `serin.`
@ConfigMapping(prefix = "serin")
public interface AccessConfig {

    /// Whether people sign in. `serve` sets it, `serve --open` and `demo` set the others; these answer
    /// nobody but this machine, and refuse to start on another address.
    @WithDefault("closed")
    Mode mode();

    /// Cost of bcrypt, 10 to 16, by which passwords are stored: each more doubles what a guess costs, and a
    /// sign-in. 12 takes about a quarter of a second. Passwords that were stored at a lower one are stored
    /// anew when they are next used.
    @Min(10)
    @Max(16)
    @WithDefault("12")
    int passwordCost();

    Admin admin();

    Session session();

    /// The one account. Its password comes from here, or else from the first set-up at `/login`.
    interface Admin {

        /// The account's name, in the journal and for HTTP Basic.
        @WithDefault("admin")
        String name();

        /// 12 characters or more. Another one than before ends all sessions.
        Optional<String> password();

        /// A file that holds the password; its last line break does not count.
        Optional<Path> passwordFile();
    }

    interface Session {

        /// How long a browser stays signed in. Longer is less typing at night, and a longer use of a
        /// browser that was left open.
        @WithDefault("14D")
        Duration lifetime();
    }
}
