/// Every part of the pages in every state, on one page, for those who change them.
///
/// **Decision: its samples are its own.** They ship with the program, so that the page can be opened
/// in dev mode while a style sheet is edited, and they are few: a part that needs a whole rollout
/// around it is seen on the printed pages of the tests.
@NullMarked
package dev.serin.web.styleguide;

import org.jspecify.annotations.NullMarked;
