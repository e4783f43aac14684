package dev.serin.server.nativestart;

import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.type.CIntPointer;

/// The C library's `sched_setscheduler`.
final class SetScheduler {

    private SetScheduler() {}

    /// Has a thread run by another policy.
    ///
    /// @param thread 0 for the one that calls
    /// @param parameter its `struct sched_param`, which is one `int`: the priority
    /// @return 0 if it is done, else -1
    @CFunction(value = "sched_setscheduler", transition = CFunction.Transition.NO_TRANSITION)
    static native int call(int thread, int policy, CIntPointer parameter);
}
