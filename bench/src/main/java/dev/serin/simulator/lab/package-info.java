/// Benchmarks of the lab, beside the code that they measure.
@NullMarked
package dev.serin.simulator.lab;

import org.jspecify.annotations.NullMarked;
