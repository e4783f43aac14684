/// A plan as fields of a form, for people who don't write YAML.
///
/// **Decision: the form writes YAML, and the plan's reader judges it.** What was typed goes into the
/// document as it is, and what the reader refuses is told beside the field that it came from. A rule
/// of plans stands in one place, and the editor stays the one source of what is started.
///
/// **Decision: what the form cannot say is found by comparing.** A form that was filled from a plan
/// is written and read again; each value that came back different is named. A list of what the form
/// knows could be forgotten to be extended.
///
/// **Given up:** comments of a plan do not survive its way through the form.
@NullMarked
package dev.serin.server.planform;

import org.jspecify.annotations.NullMarked;
