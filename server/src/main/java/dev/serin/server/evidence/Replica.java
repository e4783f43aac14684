package dev.serin.server.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// This process among those that share a database.
@ApplicationScoped
public class Replica {

    private final String name = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());

    /// New with each start, so that no two processes ever write the same rows.
    public String name() {
        return name;
    }
}
