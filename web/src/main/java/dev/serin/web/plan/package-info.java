/// The page on which a plan is written, checked and started.
///
/// **Decision: the editor is a textarea.** It works without JavaScript and keeps what was typed
/// when something is wrong with it.
@NullMarked
package dev.serin.web.plan;

import org.jspecify.annotations.NullMarked;
