/// The page on which a plan is written, checked and started.
///
/// **Decision: the editor is a textarea.** It works without JavaScript and keeps what was typed
/// when something is wrong with it.
///
/// **Decision: the form stands beside the editor and writes into it.** What is checked and started is
/// the text in the editor, whoever wrote it.
@NullMarked
package dev.serin.web.plan;

import org.jspecify.annotations.NullMarked;
