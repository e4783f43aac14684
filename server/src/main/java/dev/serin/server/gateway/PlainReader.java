package dev.serin.server.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import java.io.IOException;

/// Reads a whole answer as it comes, and keeps none of it.
final class PlainReader {

    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

    private final AnswerFacts facts;
    private final JsonParser parser;
    private final ByteArrayFeeder feeder;
    private boolean broken;
    private boolean any;

    /// @param facts takes what is read
    PlainReader(AnswerFacts facts) {
        this.facts = facts;
        try {
            parser = JSON.createNonBlockingByteArrayParser();
        } catch (IOException e) {
            throw new IllegalStateException("nothing is read yet", e);
        }
        feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();
        facts.begin();
    }

    void take(byte[] bytes) {
        any |= bytes.length > 0;
        if (broken) {
            return;
        }
        try {
            feeder.feedInput(bytes, 0, bytes.length);
            facts.read(parser);
        } catch (IOException _) {
            broken = true;
        }
    }

    /// Whether nothing at all has come.
    boolean isEmpty() {
        return !any;
    }

    /// Says that no more comes.
    ///
    /// @return whether it was one JSON object
    boolean end() {
        if (!broken) {
            try {
                feeder.endOfInput();
                facts.read(parser);
                parser.close();
            } catch (IOException _) {
                broken = true;
            }
        }
        return !broken && facts.isWhole();
    }

    /// Whether what has come can be no JSON.
    boolean isBroken() {
        return broken;
    }
}
