/// The page on which a stored run is judged under another plan.
///
/// **Decision: what the run cannot answer stands above what it can.** A number that was made up for a
/// share that the candidate never had would be believed.
@NullMarked
package dev.serin.web.backtest;

import org.jspecify.annotations.NullMarked;
