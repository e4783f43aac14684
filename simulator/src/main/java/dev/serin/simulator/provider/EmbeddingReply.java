package dev.serin.simulator.provider;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/// The answer to a call for embeddings: for each input a vector of length 1, the same for the same
/// text.
///
/// @param inputs texts, one or more
/// @param dimensions of each vector, 1 or more
/// @param base64 whether vectors are sent as base64 of their floats, least byte first
/// @param tokensIn of all inputs together
public record EmbeddingReply(
        String model, List<String> inputs, int dimensions, boolean base64, long tokensIn) {

    public EmbeddingReply {
        inputs = List.copyOf(inputs);
    }

    /// The whole answer.
    public String json() {
        var rows = new ArrayList<String>();
        for (int i = 0; i < inputs.size(); i++) {
            rows.add(
                    "{\"object\":\"embedding\",\"index\":%d,\"embedding\":%s}"
                            .formatted(i, vector(inputs.get(i))));
        }
        return "{\"object\":\"list\",\"data\":[%s],\"model\":%s,\"usage\":{\"prompt_tokens\":%d,\"total_tokens\":%d}}"
                .formatted(String.join(",", rows), Json.text(model), tokensIn, tokensIn);
    }

    private String vector(String input) {
        var floats = floats(input);
        if (!base64) {
            return floats.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
        }
        var bytes = ByteBuffer.allocate(4 * dimensions).order(ByteOrder.LITTLE_ENDIAN);
        floats.forEach(bytes::putFloat);
        return '"' + Base64.getEncoder().encodeToString(bytes.array()) + '"';
    }

    private List<Float> floats(String input) {
        var random = new SplittableRandom(input.hashCode());
        var raw = random.doubles(dimensions, -1, 1).toArray();
        double sum = 0;
        for (double one : raw) {
            sum += one * one;
        }
        double length = Math.sqrt(sum);
        var floats = new ArrayList<Float>(dimensions);
        for (double one : raw) {
            floats.add((float) (length == 0 ? 0 : one / length));
        }
        return floats;
    }
}
