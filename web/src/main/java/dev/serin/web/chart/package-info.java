/// Numbers in, SVG out.
///
/// **Decision: the server draws.** A picture is there without JavaScript, in print and in a mail,
/// and it is tested as text. Shapes and words carry the meaning; colour only repeats it.
///
/// **Decision: x positions are percentages.** A picture fills the width that it is given and its
/// text stays at its size, without a second drawing for telephones.
///
/// **Given up:** zooming. The numbers stand in a table beside each picture instead.
@NullMarked
package dev.serin.web.chart;

import org.jspecify.annotations.NullMarked;
