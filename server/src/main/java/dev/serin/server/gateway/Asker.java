package dev.serin.server.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import org.jspecify.annotations.Nullable;

/// Who asked, and hears what becomes of it.
interface Asker {

    /// The answer has begun.
    ///
    /// @param length of the body in bytes; -1 if unknown
    void begins(Attempt from, HttpClientResponse head, long length);

    /// More of the answer has come.
    void goesOn(Attempt from, Buffer bytes);

    /// The answer has come as a whole, and has ended as its provider ended it.
    ///
    /// @param bytes all of its body
    /// @param fault what is wrong with it all the same; null if nothing is
    void answers(Attempt from, HttpClientResponse head, Buffer bytes, @Nullable Fault fault);

    /// It still runs and has passed a latency limit.
    void isLate(Attempt from, double limitMs);

    /// The answer has ended as its provider ended it.
    ///
    /// @param fault what is wrong with it all the same; null if nothing is
    void ends(Attempt from, @Nullable Fault fault);

    /// It came to nothing.
    ///
    /// @param reply what the provider said; null if nothing
    void fails(Attempt from, Fault fault, @Nullable Reply reply);
}
