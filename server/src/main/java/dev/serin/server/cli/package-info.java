/// What a person types: one class per command, on plain picocli.
///
/// **Decision: the command line is read before Quarkus starts.** Most commands need no server, and
/// answer in half a second; the others say what they need and boot it. How to add a command:
///
/// 1. Write a package-private class here: `@Command(name = "…", description = "…")`, implements
///    `Callable<Integer>`, answers with the exit code. Add it to the list in [Serin].
/// 2. Needs neither server nor database (`check`, `status`): do the work in `call()` and return.
/// 3. Needs beans and the database, but no HTTP (`replay`): mix in [DatabaseOptions], and
///    `return Boot.job(database.settings(), () -> CDI.current().select(Replays.class).get().…)`.
///    A bean that only a command asks for needs `@Unremovable`.
/// 4. Is a server (`serve`, `demo`): the same with `Boot.server(settings, whenUp)`.
///
/// A mistake of the person at the keyboard is a [WrongUse], which ends as one line and exit code 1:
/// it names the field, the value and the mend. Results go to standard output, all else to standard error.
///
/// **Given up:** Quarkus' own picocli extension, which boots everything before it reads a word.
///
/// **Dependency:** `picocli`, for options, help and messages.
@NullMarked
package dev.serin.server.cli;

import org.jspecify.annotations.NullMarked;
