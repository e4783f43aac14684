package dev.serin.bench.gateway;

/// Something that answers chat completions.
///
/// @param model what it is asked for
record Target(String name, int port, String model) {

    String question(boolean stream) {
        return """
        {"model": "%s", "stream": %s, "messages": [{"role": "user", "content": "What is a serin, and where does it live?"}]}\
        """
                .formatted(model, stream);
    }
}
