package dev.serin.server.gateway;

import dev.serin.server.SerinConfig;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import io.quarkus.netty.MainEventLoopGroup;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Has event loops go before all else that runs on the machine, where an operator wants it and the system
/// grants it: a call does not wait behind what is done beside the calls.
///
/// Linux lets a thread that has been woken wait until whatever runs on its processor is interrupted, up to
/// 4 ms, if both are of the ordinary kind. A call wakes a thread four times.
@ApplicationScoped
class LoopPrecedence {

    private static final Logger LOG = Logger.getLogger(LoopPrecedence.class);
    private static final long EVERY_MS = 100;

    private final SerinConfig config;
    private final EventLoopGroup loops;

    LoopPrecedence(SerinConfig config, @MainEventLoopGroup EventLoopGroup loops) {
        this.config = config;
        this.loops = loops;
    }

    void begin(@Observes StartupEvent start) {
        if (config.gateway().realtime()) {
            give(loops);
        }
    }

    /// Gives it to all loops of a group for as long as they run; does nothing where it is not granted.
    static void give(EventExecutorGroup loops) {
        boolean granted = true;
        for (var loop : loops) {
            granted &= loop.submit(() -> isGranted(loop)).syncUninterruptibly().getNow();
        }
        if (granted) {
            LOG.info("event loops have real-time priority while they have little to do");
        } else {
            LOG.warn(
                    "serin.gateway.realtime: the system grants no real-time priority. Give this process a"
                            + " limit rtprio of 1 (LimitRTPRIO=1, --ulimit rtprio=1), or leave the setting"
                            + " out; event loops take turns with all else now");
        }
    }

    private static boolean isGranted(EventExecutor loop) {
        if (!RealTime.take()) {
            return false;
        }
        var standing = new Standing();
        var _ =
                loop.scheduleWithFixedDelay(
                        standing::look, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
        return true;
    }

    /// That of the loop on which it is made and looked at.
    private static final class Standing {

        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        private Precedence precedence =
                new Precedence(
                        /* first= */ true, threads.getCurrentThreadCpuTime(), System.nanoTime());

        void look() {
            var now = precedence.after(threads.getCurrentThreadCpuTime(), System.nanoTime());
            if (precedence.first() && !now.first()) {
                RealTime.leave();
            } else if (now.first() && !precedence.first()) {
                var _ = RealTime.take();
            }
            precedence = now;
        }
    }
}
