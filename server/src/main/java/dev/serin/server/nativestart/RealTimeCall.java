package dev.serin.server.nativestart;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.nativeimage.c.type.CIntPointer;

/// How a native executable asks for real-time priority: by a function that is bound when it is built. Not
/// every builder of native executables has what looks for one while it runs.
@TargetClass(className = "dev.serin.server.gateway.RealTime")
final class RealTimeCall {

    private RealTimeCall() {}

    @Substitute
    static int set(int policy, int priority) {
        CIntPointer parameter = StackValue.get(CIntPointer.class);
        parameter.write(priority);
        return SetScheduler.call(/* thread= */ 0, policy, parameter);
    }
}
