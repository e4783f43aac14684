/// The packaged program from outside: the one on the JVM, or the native executable that the system
/// property `serin.program` names. Both have to pass the same tests.
@NullMarked
package dev.serin.server.blackbox;

import org.jspecify.annotations.NullMarked;
