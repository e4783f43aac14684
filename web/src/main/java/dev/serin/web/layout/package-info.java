/// What every page shares: where the program lives, who reads, and how a page is called.
///
/// **Decision: pages are handed a frame, they never look for one.** A template prints a record and
/// computes nothing, so the same page can be printed in a test, behind a proxy and in the demo.
///
/// **Decision: nothing inline.** No page carries a script, a style or a handler, so the server can
/// send `Content-Security-Policy: default-src 'self'` and nothing looser.
@NullMarked
package dev.serin.web.layout;

import org.jspecify.annotations.NullMarked;
