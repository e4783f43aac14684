package dev.serin.server.access;

import dev.serin.server.oidc.OidcFailed;
import dev.serin.server.oidc.Provider;
import dev.serin.web.access.AccessPage;
import dev.serin.web.access.AccessView;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// Signing in by the OpenID provider: out to it, and back with a code. What it proves begins a session of
/// our own, the same as a password does.
@Path("/login/oidc")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class ProviderPages {

    /// Names the browser that began, so that nobody comes back in another's place.
    static final String COOKIE = "serin-oidc";

    private static final Logger LOG = Logger.getLogger(ProviderPages.class);

    /// Strangers at many addresses can begin as many as they like; the database keeps no more of them.
    private static final int MOST = 10_000;

    private final AccessConfig config;
    private final Provider provider;
    private final ProviderAccounts accounts;
    private final Attempts attempts;
    private final Entrance entrance;
    private final Frames frames;
    private final Tries tries;
    private final InstantSource clock;

    ProviderPages(
            AccessConfig config,
            Provider provider,
            ProviderAccounts accounts,
            Attempts attempts,
            Entrance entrance,
            Frames frames,
            Tries tries,
            InstantSource clock) {
        this.config = config;
        this.provider = provider;
        this.accounts = accounts;
        this.attempts = attempts;
        this.entrance = entrance;
        this.frames = frames;
        this.tries = tries;
        this.clock = clock;
    }

    @GET
    @Operation(hidden = true)
    public Response begin(@RestQuery @DefaultValue("/") String next) {
        if (!isOffered()) {
            return toLogin();
        }
        try {
            var redirect = entrance.address("/login/oidc/callback");
            var begun = provider.begin(redirect);
            var browser = Secrets.token();
            if (!attempts.begin(entrance.address())
                    || !isKept(begun, browser, redirect, Addresses.onThisServer(next))) {
                return page(429, "Too many are signing in at once. Try again in some minutes.");
            }
            return Response.seeOther(begun.to())
                    .cookie(cookie(browser, Attempts.LIFETIME))
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .build();
        } catch (OidcFailed e) {
            return unproven(e, 502);
        }
    }

    @GET
    @Path("callback")
    @Operation(hidden = true)
    public Response come(
            @RestQuery @DefaultValue("") String code,
            @RestQuery @DefaultValue("") String state,
            @RestQuery @Nullable String error,
            @RestQuery @Nullable String iss,
            @CookieParam(COOKIE) @DefaultValue("") String browser) {
        if (!isOffered()) {
            return toLogin();
        }
        var wait = tries.waitOf(guest());
        if (wait.isPositive()) {
            var words =
                    "Too many sign-ins failed. Try again in %s s.".formatted(Waits.seconds(wait));
            return Waits.answer(page(200, words), wait);
        }
        var begun = taken(state, browser);
        if (begun.isEmpty()) {
            return page(
                    400,
                    "This sign-in was not begun in this browser, has ended, or was used. Begin again.");
        }
        attempts.end(entrance.address());
        if (error != null || code.isEmpty()) {
            return page(401, "%s let nobody in. Begin again.".formatted(name()));
        }
        return redeemed(begun.get(), code, iss);
    }

    private Response redeemed(AttemptRow begun, String code, @Nullable String iss) {
        var from = entrance.address();
        try {
            var who = provider.redeem(code, iss, begun.redirect, begun.verifier, begun.nonce);
            tries.right(guest());
            return switch (accounts.of(who, from)) {
                case ProviderAccounts.Answer.Known(var account) -> {
                    var signedIn =
                            new Happened(
                                    Instant.now(),
                                    account,
                                    from,
                                    Happened.What.SIGNED_IN,
                                    null,
                                    "by %s (OpenID)".formatted(name()));
                    yield Response.fromResponse(entrance.into(signedIn, begun.next))
                            .cookie(cookie("", Duration.ZERO))
                            .build();
                }
                case ProviderAccounts.Answer.Refused(var why) -> page(403, why);
            };
        } catch (OidcFailed e) {
            tries.wrong(guest());
            return unproven(e, 401);
        }
    }

    private Response unproven(OidcFailed e, int status) {
        LOG.warnf("nobody was signed in by %s: %s", name(), e.getMessage());
        return page(
                status,
                "%s did not prove who you are. Begin again; an admin finds the reason in the server’s log."
                        .formatted(name()));
    }

    private boolean isKept(Provider.Begun begun, String browser, String redirect, String next) {
        var now = clock.instant();
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    AttemptRow.delete("endsAt <= ?1", now);
                    if (AttemptRow.count() >= MOST) {
                        return false;
                    }
                    var row = new AttemptRow();
                    row.stateHash = Secrets.digest(begun.state());
                    row.browserHash = Secrets.digest(browser);
                    row.nonce = begun.nonce();
                    row.verifier = begun.verifier();
                    row.redirect = redirect;
                    row.next = next;
                    row.endsAt = now.plus(Attempts.LIFETIME);
                    row.persist();
                    return true;
                });
    }

    private Optional<AttemptRow> taken(String state, String browser) {
        var now = clock.instant();
        return QuarkusTransaction.requiringNew().call(() -> AttemptRow.take(state, browser, now));
    }

    private boolean isOffered() {
        return config.mode().asksToSignIn() && provider.name().isPresent();
    }

    private String name() {
        return provider.name().orElse("");
    }

    /// Whoever fails here waits here, and not where passwords are typed.
    private String guest() {
        return "oidc " + entrance.address();
    }

    private Response toLogin() {
        return Response.seeOther(URI.create(frames.root() + "/login")).build();
    }

    private Response page(int status, String error) {
        return Response.status(status)
                .entity(
                        AccessPage.login(
                                frames.current(),
                                new AccessView("/", "", error, "").offering(name())))
                .header(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .cookie(cookie("", Duration.ZERO))
                .build();
    }

    /// Comes back with the browser from the provider, which is another site: so it is lax, and short.
    private NewCookie cookie(String value, Duration lifetime) {
        return new NewCookie.Builder(COOKIE)
                .value(value)
                .path(frames.root() + "/login/oidc")
                .maxAge((int) lifetime.toSeconds())
                .httpOnly(true)
                .secure(entrance.isSecure())
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }
}
