package dev.serin.server;

/// Something that has to be done each second, however the wall clock jumps.
public interface Beating {

    /// Does it once. Nothing else does it at the same time.
    void beat();
}
