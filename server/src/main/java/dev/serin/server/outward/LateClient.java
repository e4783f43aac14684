package dev.serin.server.outward;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A client of other servers that is made when it is first needed, and follows no redirect.
///
/// A client keeps a thread and reads the machine's certificates, while most servers of Serin ask nobody.
/// As a field of a bean it would be made for the bean's proxy as well.
public final class LateClient implements AutoCloseable {

    private final HttpClient.Version version;
    private final Duration connect;
    private @Nullable HttpClient client;

    /// @param version of HTTP that is spoken at most
    /// @param connect how long a connection may take
    public LateClient(HttpClient.Version version, Duration connect) {
        this.version = version;
        this.connect = connect;
    }

    /// The one client.
    public synchronized HttpClient get() {
        var made = client;
        if (made == null) {
            made =
                    HttpClient.newBuilder()
                            .version(version)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .connectTimeout(connect)
                            .build();
            client = made;
        }
        return made;
    }

    /// Asks, and waits for an answer to its last byte. The time of a request itself is over with the
    /// answer's head: who sends that and stalls would be waited for for ever.
    ///
    /// @param limit from the question to the end of the answer; then the connection is closed
    /// @param mostBytes that the answer's body may have
    /// @throws HttpTimeoutException if the answer is not whole by then
    /// @throws IOException if there is no connection, if it breaks, or if the answer is too long
    public HttpResponse<byte[]> ask(HttpRequest request, Duration limit, int mostBytes)
            throws IOException, InterruptedException {
        var asked =
                get().sendAsync(
                                request,
                                HttpResponse.BodyHandlers.limiting(
                                        HttpResponse.BodyHandlers.ofByteArray(), mostBytes));
        try {
            return asked.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw new HttpTimeoutException("no whole answer within " + limit);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
        } finally {
            asked.cancel(true);
        }
    }

    /// Ends what it still asks.
    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
