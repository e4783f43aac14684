package dev.serin.server.standin;

import dev.serin.simulator.provider.ErrorReply;

/// A question that cannot be answered, and what its asker is told.
final class Objection extends RuntimeException {

    private final transient ErrorReply reply;

    Objection(ErrorReply reply) {
        super(reply.json(), null, false, false);
        this.reply = reply;
    }

    ErrorReply reply() {
        return reply;
    }
}
