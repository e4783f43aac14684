/// Prints every page in its important states, to be read by tests and looked at by people.
@NullMarked
package dev.serin.web.preview;

import org.jspecify.annotations.NullMarked;
