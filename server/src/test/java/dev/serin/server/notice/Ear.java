package dev.serin.server.notice;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// A receiver over a real socket, which answers what it is told to, and 204 after that.
final class Ear implements AutoCloseable {

    static final int HANGS = -1;

    record Heard(String id, String at, String signature, String body, int answered) {}

    private final HttpServer server;
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final Queue<Heard> heard = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile String location = "";

    Ear(Integer... answers) throws IOException {
        this.answers.addAll(List.of(answers));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return address("127.0.0.1");
    }

    String address(String host) {
        return "http://%s:%d/hook?a=1".formatted(host, server.getAddress().getPort());
    }

    /// What the log shows of its address.
    String shown() {
        return "http://127.0.0.1:%d/…".formatted(server.getAddress().getPort());
    }

    void redirectsTo(String address) {
        location = address;
    }

    List<Heard> heard() {
        return List.copyOf(heard);
    }

    List<Heard> taken() {
        return heard.stream().filter(one -> one.answered / 100 == 2).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var head = exchange.getRequestHeaders();
        var next = answers.poll();
        int status = next == null ? 204 : next;
        heard.add(
                new Heard(
                        head.getFirst("webhook-id"),
                        head.getFirst("webhook-timestamp"),
                        head.getFirst("webhook-signature"),
                        body,
                        status));
        if (status == HANGS) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
            return;
        }
        if (status / 100 == 3) {
            exchange.getResponseHeaders().putAll(Map.of("Location", List.of(location)));
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
