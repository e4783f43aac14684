/// What a person sees in a browser, tried on the packaged program.
///
/// **Decision: black box.** The tests start the jar that a person would start, in demo mode with an
/// empty database, and know nothing of its classes: what they see is what ships.
///
/// **Given up:** no test here can reach into the server to set a scene; it clicks, or it asks the API.
///
/// **Dependencies:** Playwright drives a Chromium that is installed already; axe looks for barriers.
@NullMarked
package dev.serin.browser;

import org.jspecify.annotations.NullMarked;
