package dev.serin.simulator.quality;

import java.util.random.RandomGenerator;

/// Decides on a case, in one run of it. It belongs to one thread.
interface Rule {

    Verdict decide(Case of, RandomGenerator random);
}
