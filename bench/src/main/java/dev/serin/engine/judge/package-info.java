/// Benchmarks that look inside the package of the same name.
@NullMarked
package dev.serin.engine.judge;

import org.jspecify.annotations.NullMarked;
