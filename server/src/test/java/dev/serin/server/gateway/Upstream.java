package dev.serin.server.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;

/// A provider over a real socket that says exactly what a test wants, byte for byte. Each connection
/// carries one question.
public final class Upstream {

    /// What was asked.
    public record Asked(String line, Map<String, String> headers, String body) {

        public boolean isFor(String model) {
            return body.contains("\"" + model + "\"");
        }
    }

    /// What a test has it say.
    public interface Script {
        void answer(Asked asked, Line line) throws Exception;
    }

    private final ServerSocket door;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Script script = (_, _) -> {};

    private static final ConcurrentHashMap<Integer, Upstream> OPEN = new ConcurrentHashMap<>();

    /// The one at a port, which stays there for all tests: the next could not open the port at once.
    public static Upstream at(int port) {
        var upstream = OPEN.computeIfAbsent(port, Upstream::new);
        upstream.says((_, line) -> line.json(200, chat("chatcmpl-0", "hello")));
        return upstream;
    }

    private Upstream(int port) {
        try {
            door = new ServerSocket();
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    /// Says this from now on, and forgets what was asked.
    public void says(Script next) {
        asked.clear();
        script = next;
    }

    public List<Asked> asked() {
        return asked;
    }

    public long askedFor(String model) {
        return asked.stream().filter(one -> one.isFor(model)).count();
    }

    public static String chat(String id, String words) {
        return """
        {"id":"%s","object":"chat.completion","created":1,"model":"gpt-x","odd":  1.50,"choices":[{"index":0,"message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1000,"completion_tokens":500,"total_tokens":1500}}\
        """
                .formatted(id, words);
    }

    public static String error(String code) {
        return "{\"error\":{\"message\":\"told by the provider\",\"type\":\"t\",\"param\":null,\"code\":\"%s\"}}"
                .formatted(code);
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                var socket = door.accept();
                Thread.ofVirtual().start(() -> converse(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void converse(Socket socket) {
        try (socket) {
            var question = read(new BufferedInputStream(socket.getInputStream()));
            if (question != null) {
                asked.add(question);
                script.answer(question, new Line(socket));
            }
        } catch (Exception _) {
            // The gateway may hang up at any time; what a test expects of it is asserted there.
        }
    }

    private static Asked read(InputStream in) throws IOException {
        var line = line(in);
        if (line == null) {
            return null;
        }
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (var header = line(in); header != null && !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Asked(line, headers, new String(in.readNBytes(length), UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int sign = in.read(); sign != '\n'; sign = in.read()) {
            if (sign < 0) {
                return null;
            }
            if (sign != '\r') {
                line.append((char) sign);
            }
        }
        return line.toString();
    }

    /// The way back to the gateway.
    public static final class Line {

        private final Socket socket;
        private final OutputStream out;
        private final CountDownLatch left = new CountDownLatch(1);
        private final AtomicBoolean watched = new AtomicBoolean();

        private Line(Socket socket) throws IOException {
            this.socket = socket;
            this.out = socket.getOutputStream();
        }

        public void raw(String text) throws IOException {
            raw(text.getBytes(UTF_8));
        }

        public void raw(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /// Packed with gzip, though nobody asked for that.
        public void packed(int status, String type, String body) throws IOException {
            var packed = new ByteArrayOutputStream();
            try (var packing = new GZIPOutputStream(packed)) {
                packing.write(body.getBytes(UTF_8));
            }
            raw(
                    "HTTP/1.1 %d X\r\nContent-Type: %s\r\nContent-Encoding: gzip\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
                            .formatted(status, type, packed.size()));
            raw(packed.toByteArray());
        }

        public void json(int status, String body, String... headers) throws IOException {
            raw(
                    "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nConnection: close\r\n%sContent-Length: %d\r\n\r\n%s"
                            .formatted(status, lines(headers), body.getBytes(UTF_8).length, body));
        }

        public void beginStream() throws IOException {
            raw(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
        }

        public void chunk(String text) throws IOException {
            raw(Integer.toHexString(text.getBytes(UTF_8).length) + "\r\n" + text + "\r\n");
        }

        public void endStream() throws IOException {
            raw("0\r\n\r\n");
        }

        /// Waits till the gateway hangs up.
        public boolean isLeftWithin(long seconds) throws Exception {
            if (watched.compareAndSet(false, true)) {
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                while (socket.getInputStream().read() >= 0) {}
                            } catch (IOException _) {
                                // so it has
                            }
                            left.countDown();
                        });
            }
            return left.await(seconds, TimeUnit.SECONDS);
        }

        private static String lines(String... headers) {
            var text = new StringBuilder();
            for (var header : headers) {
                text.append(header).append("\r\n");
            }
            return text.toString();
        }
    }
}
