/// Where Serin's own calls go: the providers of models, and what their tokens cost.
///
/// **Decision: a provider's name is the first word of its models' names.** `openai/gpt-4` is asked of
/// the provider `openai` as `gpt-4`; a plan needs no other word for it, and a model whose first word
/// is no provider is one that Serin does not call.
///
/// **Decision: the settings are read by hand and not by a mapping.** A provider's name is part of the
/// name of its settings and may itself hold an underscore; a setting that nobody knows, such as
/// `SERIN_PROVIDERS_OPENAI_BASEURL`, is refused at start and not passed over in silence.
///
/// **Decision: a provider has a kind, and no more.** Whose API it speaks says how it is asked, how its
/// key is sent and how its answers are read; a server that speaks both is two providers.
///
/// **Given up:** keys are read at start; one that was changed in its file counts from the next start.
@NullMarked
package dev.serin.server.provider;

import org.jspecify.annotations.NullMarked;
