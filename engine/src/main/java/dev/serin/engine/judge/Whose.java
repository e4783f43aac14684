package dev.serin.engine.judge;

/// Whose calls are asked about. The arms of a split are `traffic`'s, which knows plans and so the judge.
enum Whose {
    BASELINE,
    CANDIDATE
}
