package dev.serin.server.gateway;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// Real-time priority for the calling thread, as Linux grants it to who has `CAP_SYS_NICE` or a limit
/// `rtprio` of at least 1 (sched(7)). Such a thread runs at once when it has something to do, before all
/// threads of the ordinary kind. Threads that it starts are of the ordinary kind.
final class RealTime {

    /// `SCHED_OTHER`; `SCHED_RR`; and that children have the first, which only who has `CAP_SYS_NICE` may
    /// take back, so it stays. From linux/sched.h.
    private static final int ORDINARY = 0;

    private static final int ROUND_ROBIN = 2;
    private static final int NOT_INHERITED = 0x4000_0000;

    /// The lowest: who has set a higher one for something knows why.
    private static final int LOWEST = 1;

    private RealTime() {}

    /// Asks for it.
    ///
    /// @return false if the system does not grant it, or has no such thing
    static boolean take() {
        return set(ROUND_ROBIN | NOT_INHERITED, LOWEST) == 0;
    }

    /// Gives back what was granted.
    static void leave() {
        int _ = set(ORDINARY | NOT_INHERITED, 0);
    }

    /// A native executable calls the system in its own way.
    ///
    /// @return 0 if it is done
    private static int set(int policy, int priority) {
        if (Calls.SET.isEmpty()) {
            return -1;
        }
        try (var arena = Arena.ofConfined()) {
            var parameter = arena.allocateFrom(ValueLayout.JAVA_INT, priority);
            return (int) Calls.SET.get().invokeExact(Calls.THIS_THREAD, policy, parameter);
        } catch (Throwable e) {
            throw new LinkageError("sched_setscheduler", e);
        }
    }

    /// Looked for when they are needed, which most never are.
    private static final class Calls {

        private static final int THIS_THREAD = 0;

        /// `int sched_setscheduler(pid_t, int, const struct sched_param *)`, whose struct is an `int`.
        private static final Optional<MethodHandle> SET =
                System.getProperty("os.name").equals("Linux") ? find() : Optional.empty();

        @SuppressWarnings("restricted") // the jar's manifest allows it
        private static Optional<MethodHandle> find() {
            var linker = Linker.nativeLinker();
            return linker.defaultLookup()
                    .find("sched_setscheduler")
                    .map(address ->
                            linker.downcallHandle(
                                    address,
                                    FunctionDescriptor.of(
                                            ValueLayout.JAVA_INT,
                                            ValueLayout.JAVA_INT,
                                            ValueLayout.JAVA_INT,
                                            ValueLayout.ADDRESS)));
        }
    }
}
