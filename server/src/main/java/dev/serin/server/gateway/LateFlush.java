package dev.serin.server.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/// Holds what is written to a connection until the event loop has heard all connections that have
/// something to say, and lets it go then, with what was written to the others.
///
/// Whoever reads at their other ends finds all of it at once. Where each answer goes out alone, a
/// thread is woken for it and sleeps again, which at saturation costs more than reading it.
///
/// The turn of a loop that carries one call is over as soon as the call is written.
final class LateFlush extends ChannelOutboundHandlerAdapter {

    private boolean held;

    /// Has `connection` written to at the end of each turn; called again, it changes nothing.
    static void of(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            var pipeline = base.channel().pipeline();
            if (!(pipeline.first() instanceof LateFlush)) {
                pipeline.addFirst(new LateFlush());
            }
        }
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        if (!held) {
            held = true;
            context.executor().execute(() -> letGo(context));
        }
    }

    /// What is written before a connection is closed goes out before.
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        letGo(context);
        var _ = context.close(promise);
    }

    private void letGo(ChannelHandlerContext context) {
        if (held) {
            held = false;
            context.flush();
        }
    }
}
