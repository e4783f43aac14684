package dev.serin.server.outward;

import java.net.http.HttpClient;
import java.time.Duration;
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

    /// Ends what it still asks.
    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
