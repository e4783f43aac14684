/// Who was told of what, and which messages nobody took.
///
/// **Decision: one line for each receiver of a message,** because each has a fate of its own. Of a
/// receiver's address only the part is shown that holds no secret.
@NullMarked
package dev.serin.web.notice;

import org.jspecify.annotations.NullMarked;
