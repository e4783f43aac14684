package dev.serin.server.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads a whole answer, all of it at once or as it comes, and keeps none of it.
final class PlainReader {

    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

    private final AnswerFacts facts;
    private @Nullable JsonParser parser;
    private boolean broken;
    private boolean any;

    /// @param facts takes what is read
    PlainReader(AnswerFacts facts) {
        this.facts = facts;
        facts.begin();
    }

    /// Takes the only piece of an answer, for less than it costs to read on.
    void takeAll(byte[] bytes) {
        any = bytes.length > 0;
        try (var whole = JSON.createParser(bytes)) {
            facts.read(whole);
            // This parser, unlike the other, reads UTF-16 too, and then knows of no bytes.
            broken = whole.currentLocation().getByteOffset() < 0;
        } catch (IOException _) {
            broken = true;
        }
    }

    /// Takes one of several pieces.
    void take(byte[] bytes) {
        any |= bytes.length > 0;
        if (broken) {
            return;
        }
        try {
            var pieces = parser;
            if (pieces == null) {
                pieces = JSON.createNonBlockingByteArrayParser();
                parser = pieces;
            }
            feeder(pieces).feedInput(bytes, 0, bytes.length);
            facts.read(pieces);
        } catch (IOException _) {
            broken = true;
        }
    }

    private static ByteArrayFeeder feeder(JsonParser pieces) {
        return (ByteArrayFeeder) pieces.getNonBlockingInputFeeder();
    }

    /// Whether nothing at all has come.
    boolean isEmpty() {
        return !any;
    }

    /// Says that no more comes.
    ///
    /// @return whether it was one JSON object
    boolean end() {
        var pieces = parser;
        if (!broken && pieces != null) {
            try {
                feeder(pieces).endOfInput();
                facts.read(pieces);
                pieces.close();
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
