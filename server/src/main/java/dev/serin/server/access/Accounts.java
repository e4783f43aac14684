package dev.serin.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serin.server.Bounded;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.LockModeType;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The accounts: the first one, that of the settings, and whose a password is.
@ApplicationScoped
public class Accounts {

    /// Fewest characters of a password.
    static final int SHORTEST = 12;

    /// Longest password, in characters: stretching a longer one would only cost time.
    static final int LONGEST = 1_000;

    private static final int MOST_KNOWN = 1_000;

    /// Programs send their password with every call; it is stretched once and then known by a digest
    /// under a key that lives as long as the process.
    private final SecretKeySpec processKey =
            new SecretKeySpec(Secrets.token().getBytes(UTF_8), "HmacSHA256");

    /// By account, since several programs take turns with theirs.
    private final Map<String, byte[]> known = Bounded.byUse(MOST_KNOWN);

    private final Seals seals;
    private final Proofs proofs;
    private final Event<Happened> happened;

    Accounts(Seals seals, Proofs proofs, Event<Happened> happened) {
        this.seals = seals;
        this.proofs = proofs;
        this.happened = happened;
    }

    /// Whether nobody can sign in yet.
    boolean isUnclaimed() {
        return QuarkusTransaction.requiringNew().call(() -> AccountRow.count() == 0);
    }

    /// Whoever has the account, with what they may do now, if its password has been stretched before and
    /// this is it.
    Optional<Visitor> known(String name, String password) {
        return openByPassword(name)
                .filter(account -> isKnown(account, digest(name, password, account.sealed)))
                .map(AccountRow::visitor);
    }

    /// Whoever has the account, with what they may do now, if this is its password.
    Optional<Visitor> named(String name, String password) {
        if (password.length() > LONGEST) {
            return Optional.empty();
        }
        var account = openByPassword(name);
        if (account.isEmpty()) {
            // As long as for an account that exists, so that nobody learns which do.
            seals.of(password);
            return Optional.empty();
        }
        var digest = digest(name, password, account.get().sealed);
        if (isKnown(account.get(), digest)) {
            return Optional.of(account.get().visitor());
        }
        if (!seals.opens(password, account.get().sealed)) {
            return Optional.empty();
        }
        if (seals.isOld(account.get().sealed)) {
            sealAnew(account.get(), password);
        } else {
            know(account.get(), digest);
        }
        return Optional.of(account.get().visitor());
    }

    private static Optional<AccountRow> openByPassword(String name) {
        return QuarkusTransaction.requiringNew()
                .call(() -> AccountRow.ofAnyCase(name).filter(AccountRow::isOpenByPassword));
    }

    private boolean isKnown(AccountRow account, byte[] digest) {
        synchronized (known) {
            return MessageDigest.isEqual(known.get(account.name), digest);
        }
    }

    private void know(AccountRow account, byte[] digest) {
        synchronized (known) {
            known.put(account.name, digest);
        }
    }

    /// Stores by today's scheme what was stored by an earlier one, unless it has been changed meanwhile.
    private void sealAnew(AccountRow account, String password) {
        var sealed = seals.of(password);
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    AccountRow.locked(account.name)
                            .filter(row -> account.sealed.equals(row.sealed))
                            .ifPresent(row -> row.sealed = sealed);
                });
    }

    /// Returns a token with which the first account can be made.
    String offerSetup() {
        var token = Secrets.token();
        QuarkusTransaction.requiringNew().run(() -> SetupTokenRow.save(Secrets.digest(token)));
        return token;
    }

    /// Makes the first account, once.
    ///
    /// @param address that asked
    /// @return false if the token is wrong or somebody was quicker
    boolean claim(String token, String name, String password, String address) {
        if (!isOffered(token)) {
            return false;
        }
        var sealed = seals.of(password);
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    var row =
                            SetupTokenRow.findById(
                                    Secrets.digest(token), LockModeType.PESSIMISTIC_WRITE);
                    // All tokens are locked away together, so two of them make one account.
                    if (row == null || SetupTokenRow.deleteAll() == 0 || AccountRow.count() > 0) {
                        return false;
                    }
                    AccountRow.save(name, sealed, Visitor.EVERYTHING);
                    happened.fire(Happened.now(name, address, Happened.What.SET_UP));
                    return true;
                });
    }

    /// Whether it is such a token, so that nothing is stretched for whoever has none.
    private static boolean isOffered(String token) {
        return QuarkusTransaction.requiringNew()
                .call(() -> SetupTokenRow.findByIdOptional(Secrets.digest(token)).isPresent());
    }

    /// Gives the account of the settings its password and every role; another password than before
    /// ends its sessions. The account that the settings named before is ended, nobody else's.
    void keep(String name, String password) {
        var before = sealedBefore(name, password);
        var sealed =
                before.filter(found -> !seals.isOld(found)).orElseGet(() -> seals.of(password));
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    SetupTokenRow.deleteAll();
                    AccountRow.delete("ofSettings and name <> ?1", name);
                    var row = AccountRow.ofAnyCase(name).orElseGet(() -> AccountRow.named(name));
                    if (before.filter(found -> found.equals(row.sealed)).isEmpty()) {
                        SessionRow.delete("account", row.name);
                    }
                    row.sealed = sealed;
                    row.ofSettings = true;
                    row.disabledAt = null;
                    row.grants.addAll(Visitor.EVERYTHING);
                    row.persist();
                });
    }

    /// What is stored of this password, if it is still the account's.
    private Optional<String> sealedBefore(String name, String password) {
        return QuarkusTransaction.requiringNew()
                .call(() -> AccountRow.ofAnyCase(name))
                .map(row -> row.sealed)
                .filter(sealed -> seals.opens(password, sealed));
    }

    /// Makes an account, or gives the one of this name another password and other roles.
    void make(String name, String password, Set<Grant> grants) {
        var sealed = seals.of(password);
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    AccountRow.deleteById(name);
                    AccountRow.flush();
                    AccountRow.save(name, sealed, grants);
                });
        proofs.forget(name);
    }

    private byte[] digest(String name, String password, String sealed) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(processKey);
            mac.update(name.getBytes(UTF_8));
            mac.update((byte) 0);
            mac.update(sealed.getBytes(UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(Objects.requireNonNull(password).getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC", e);
        }
    }
}
