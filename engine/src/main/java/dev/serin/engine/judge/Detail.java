package dev.serin.engine.judge;

/// How much a finding tells beside its verdict. The verdict is the same.
public enum Detail {

    /// All of it: intervals, both arms, when a breach began and how many more calls it needs.
    WHOLE,

    /// What was seen, without the search for where an interval ends ([Estimate#seen]). For whoever plays
    /// thousands of rollouts and reads only how they end.
    VERDICT
}
