/// Puts what was said in OpenAI's chat completions into Anthropic's messages, and the other way round:
/// questions, answers, and the events of streamed ones.
///
/// **Decision: what cannot be said in the other API is refused, with the name of its field.** Every
/// field of a question is read or refused; none is passed over because nobody knew it. A caller whose
/// `logprobs` were dropped without a word would take the answer for another than it is.
///
/// **Decision: texts in, texts out.** Nothing here opens a socket, knows the time or an arm, so each
/// shape is tested by itself.
///
/// **Given up:** pictures by the id of a file, documents, sound, thinking, structured outputs and what
/// only one of the two has a word for. Where to keep a prompt (`cache_control`) is a hint that
/// OpenAI's providers need not be given: they keep prompts by themselves.
@NullMarked
package dev.serin.server.dialect;

import org.jspecify.annotations.NullMarked;
