package dev.serin.server.demo;

import dev.serin.simulator.provider.Fault;
import org.jspecify.annotations.Nullable;

/// The power over the demo's stand-in providers.
@FunctionalInterface
public interface Faults {

    /// Lets a fault befall a provider from its next call on; null ends the one that does.
    void befall(String provider, @Nullable Fault fault);
}
