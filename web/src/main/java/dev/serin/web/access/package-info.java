/// Signing in, the first set-up, and asking for a name where nobody signs in.
@NullMarked
package dev.serin.web.access;

import org.jspecify.annotations.NullMarked;
