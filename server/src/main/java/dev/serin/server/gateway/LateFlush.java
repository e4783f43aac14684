package dev.serin.server.gateway;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import org.jspecify.annotations.Nullable;

/// Holds what is written to a connection until the event loop has heard all connections that have
/// something to say, and lets it go then, with what was written to the others.
///
/// Whoever reads at their other ends finds all of it at once. Where each answer goes out alone, a
/// thread is woken for it and sleeps again, which at saturation costs more than reading it.
///
/// A loop that has no more than one connection to hear has nothing to wait for: see [LoopTurn].
final class LateFlush extends ChannelDuplexHandler {

    private @Nullable ChannelHandlerContext held;

    /// Has `connection` written to in turns of its loop; called again, it changes nothing.
    static void of(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            var pipeline = base.channel().pipeline();
            if (!(pipeline.first() instanceof LateFlush)) {
                pipeline.addFirst(new LateFlush());
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        LoopTurn.of(context.executor()).hears(this);
        context.fireChannelRead(message);
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        if (held != null) {
            return;
        }
        if (LoopTurn.of(context.executor()).holds(this)) {
            held = context;
        } else {
            context.flush();
        }
    }

    /// What is written before a connection is closed goes out before.
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        letGo();
        var _ = context.close(promise);
    }

    /// Lets go what is held; does nothing where nothing is.
    void letGo() {
        var context = held;
        if (context != null) {
            held = null;
            context.flush();
        }
    }
}
