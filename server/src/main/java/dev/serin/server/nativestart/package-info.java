/// What lets a native executable answer sooner. Nothing here is called on the JVM.
@NullMarked
package dev.serin.server.nativestart;

import org.jspecify.annotations.NullMarked;
