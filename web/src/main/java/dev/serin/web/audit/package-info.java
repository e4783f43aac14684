/// Who did what: a list that is searched, and kept as a file.
///
/// **Decision: newest first, by number and not by time,** so that a page shows the same deeds whenever it
/// is opened again.
@NullMarked
package dev.serin.web.audit;

import org.jspecify.annotations.NullMarked;
