package dev.serin.server.gateway;

import dev.serin.server.problem.OpenAiError;

/// A question that goes to no model.
final class BadQuestion extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;
    private final transient OpenAiError error;

    BadQuestion(int status, OpenAiError error) {
        super(error.message());
        this.status = status;
        this.error = error;
    }

    int status() {
        return status;
    }

    OpenAiError error() {
        return error;
    }
}
