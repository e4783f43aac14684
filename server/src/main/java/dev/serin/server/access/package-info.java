/// Who may come in, under which name, and what those hear who may not.
///
/// **Decision: one filter before every route decides, by the address alone.** An endpoint that
/// somebody adds is closed until [Addresses] says otherwise, also where it is no JAX-RS resource.
/// Where roles are wanted, a [Visitor] is the place: pages and API ask it, never a header.
///
/// **Decision: where nobody signs in, a name is said, not proven**, and the journal writes it so:
/// `Mira (said)`. No account may be called that, so the two can never be mistaken.
///
/// **Decision: passwords are stored by bcrypt**, from `at.favre.lib:bcrypt`: a small library without
/// reflection or native code, so that it goes into the native executable as it is. What was stored by
/// PBKDF2 before opens still, and is stored anew at the next sign-in.
///
/// **Given up:** Quarkus' security extension, which guards resources one by one and knows no third
/// case between a stranger and an account.
@NullMarked
package dev.serin.server.access;

import org.jspecify.annotations.NullMarked;
