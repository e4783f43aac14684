package dev.serin.server.notice;

import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.StartTLSOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A mail server over a real socket, which answers to a recipient what it is told to, and 250 after that.
final class Letterbox implements AutoCloseable {

    record Mail(String to, String text) {

        String header(String name) {
            return text.lines()
                    .takeWhile(line -> !line.isEmpty())
                    .filter(line -> line.startsWith(name + ": "))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst()
                    .orElse("");
        }

        String body() {
            return text.substring(text.indexOf("\n\n") + 2);
        }
    }

    private final ServerSocket socket;
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final Queue<Mail> mails = new ConcurrentLinkedQueue<>();

    Letterbox(String... answers) throws IOException {
        this.answers.addAll(List.of(answers));
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::listen);
    }

    MailClient client(Vertx vertx) {
        return MailClient.create(
                vertx,
                new MailConfig()
                        .setHostname("127.0.0.1")
                        .setPort(socket.getLocalPort())
                        .setStarttls(StartTLSOptions.DISABLED)
                        .setLogin(LoginOption.DISABLED)
                        .setKeepAlive(false));
    }

    List<Mail> mails() {
        return List.copyOf(mails);
    }

    private void listen() {
        try {
            while (true) {
                var caller = socket.accept();
                Thread.startVirtualThread(() -> talk(caller));
            }
        } catch (IOException _) {
            // closed: the test is over
        }
    }

    private void talk(Socket caller) {
        try (caller) {
            var in =
                    new BufferedReader(
                            new InputStreamReader(
                                    caller.getInputStream(), StandardCharsets.US_ASCII));
            say(caller, "220 letterbox ready");
            var to = "";
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("RCPT TO:")) {
                    to = line.substring("RCPT TO:".length());
                    var next = answers.poll();
                    say(caller, next == null ? "250 yes" : next);
                } else if (line.equals("DATA")) {
                    say(caller, "354 go on");
                    mails.add(new Mail(to, data(in)));
                    say(caller, "250 taken");
                } else if (line.equals("QUIT")) {
                    say(caller, "221 bye");
                    return;
                } else {
                    say(caller, "250 letterbox");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String data(BufferedReader in) throws IOException {
        var text = new StringBuilder();
        for (var line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            text.append(line.startsWith("..") ? line.substring(1) : line).append('\n');
        }
        return text.toString();
    }

    private static void say(Socket caller, String line) throws IOException {
        caller.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
