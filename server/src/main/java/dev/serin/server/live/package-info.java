/// Keeps many open pages cheap: what they all want at once is made once.
@NullMarked
package dev.serin.server.live;

import org.jspecify.annotations.NullMarked;
