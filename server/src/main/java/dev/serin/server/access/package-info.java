/// Who may come in, under which name, and what those hear who may not.
///
/// **Decision: one filter before every route decides, by the address alone.** An endpoint that
/// somebody adds is closed until [Addresses] says otherwise, also where it is no JAX-RS resource.
/// Where roles are wanted, a [Visitor] is the place: pages and API ask it, never a header.
///
/// **Decision: where nobody signs in, a name is said, not proven**, and the journal writes it so:
/// `Mira (said)`. No account may be called that, so the two can never be mistaken.
///
/// **Given up:** Quarkus' security extension, which guards resources one by one and knows no third
/// case between a stranger and an account.
@NullMarked
package dev.serin.server.access;

import org.jspecify.annotations.NullMarked;
