package dev.serin.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("The pages of a server that asks people to sign in")
class ClosedServerTest {

    private static final String PASSWORD = "a long enough password";

    @RegisterExtension static final RunningSerin SERIN = RunningSerin.closed(PASSWORD);

    @RegisterExtension
    static final Chromium CHROMIUM =
            new Chromium(new Browser.NewContextOptions().setBypassCSP(true));

    private final Signed people = new Signed(SERIN, CHROMIUM, PASSWORD);

    @Test
    @DisplayName("break no rule of WCAG 2.2 A or AA that a machine can see, wrong answers too")
    void breakNoRule() {
        var stranger = CHROMIUM.anotherPerson();
        Axe.check(stranger, SERIN.url("/login"));
        signIn(stranger, "admin", "not the password");
        assertThat(stranger.locator("[role=alert]")).isVisible();
        Axe.checkAsItIs(stranger, "/login with a wrong password");
        Axe.check(stranger, SERIN.url("/login/invitation?token=nothing"));

        var admin = people.admin();
        Axe.check(admin, SERIN.url("/settings/people"));
        var link = people.link(admin, "nora", "approver");
        Axe.checkAsItIs(admin, "/settings/people with a link");
        stranger.navigate(link);
        Axe.checkAsItIs(stranger, "an invitation");
        // The browser itself would not send two that differ in length; these do not.
        stranger.locator("input[name=password]").fill(PASSWORD);
        stranger.locator("input[name=again]").fill(PASSWORD.toUpperCase(Locale.ROOT));
        stranger.locator("button.first").click();
        assertThat(stranger.locator("#invitation-error")).isVisible();
        Axe.checkAsItIs(stranger, "an invitation with passwords that differ");

        admin.navigate(SERIN.url("/settings/people"));
        admin.locator("#name").fill("nora");
        admin.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Invite: make a link"))
                .click();
        assertThat(admin.locator(".wrong").first()).isVisible();
        Axe.checkAsItIs(admin, "/settings/people with a name that is taken");

        freeze(admin, "2001-01-01T00:00");
        assertThat(admin.locator("#until-error")).isVisible();
        Axe.checkAsItIs(admin, "/settings/freezes with an end that is over");
        freeze(admin, soonOver());
        assertThat(admin.locator(".people-list")).containsText("search");

        for (var path :
                List.of(
                        "/settings/people",
                        "/settings/people/nora",
                        "/settings/people/nobody",
                        "/settings/me",
                        "/settings/freezes",
                        "/notices",
                        "/notices?route=nothing",
                        "/audit",
                        "/routes",
                        "/teams/search",
                        "/")) {
            Axe.check(admin, SERIN.url(path));
        }
        var vic = people.invited(admin, "vic", "viewer");
        Axe.check(vic, SERIN.url("/audit"));
        Axe.check(vic, SERIN.url("/new"));
        Axe.check(vic, SERIN.url("/notices"));
    }

    @Test
    @DisplayName("show a gate to its starter, to an approver and in a freeze without breaking one")
    void gates() throws Exception {
        var admin = people.admin();
        var olga = people.invited(admin, "olga", "operator", "approver");
        var mira = people.invited(admin, "mira", "approver");
        var gate = startedBy(olga, "closed-gate");
        olga.navigate(gate);
        assertThat(olga.locator("#gate")).containsText("You started this rollout", soon());
        Axe.check(olga, gate);
        Axe.check(mira, gate);
        Axe.check(mira, SERIN.url("/"));
        Axe.check(mira, SERIN.url("/routes/closed-gate"));

        freezeAll(admin);
        mira.navigate(gate);
        assertThat(mira.locator("#gate .frozen")).isVisible();
        Axe.check(mira, gate);
        Axe.check(admin, SERIN.url("/settings/freezes"));
        admin.locator("tr:has-text('all hands') .act button").click();
        assertThat(admin.locator("main")).not().containsText("all hands");
    }

    @Test
    @DisplayName("are passed without a mouse: signing in, inviting, a freeze, one's own password")
    void withoutAMouse() {
        var page = CHROMIUM.page();
        var keys = new Keys(page);
        page.navigate(SERIN.url("/login"));
        keys.to(page.locator("input[name=name]")).type("admin");
        keys.to(page.locator("input[name=password]")).type(PASSWORD).press("Enter");
        assertThat(page.locator(".masthead")).containsText("admin");

        page.navigate(SERIN.url("/settings/people"));
        keys.to(page.locator("#name")).type("kai");
        keys.to(page.locator("input[value='approver everybody']")).press("Space");
        keys.to(page.locator(".stacked button.first")).press("Enter");
        var link = page.locator("#invitation").inputValue();

        var other = CHROMIUM.anotherPerson();
        other.navigate(link);
        var others = new Keys(other);
        others.to(other.locator("input[name=password]")).type(PASSWORD);
        others.to(other.locator("input[name=again]")).type(PASSWORD).press("Enter");
        assertThat(other.locator(".masthead")).containsText("kai");

        other.navigate(SERIN.url("/settings/me"));
        others.to(other.locator("#current")).type(PASSWORD);
        others.to(other.locator("#password")).type(PASSWORD + " 2");
        others.to(other.locator("#again")).type(PASSWORD + " 2").press("Enter");
        assertThat(other.locator("[role=alert]")).isVisible();

        page.navigate(SERIN.url("/settings/people/kai"));
        keys.to(page.locator("main form button").last());

        page.navigate(SERIN.url("/settings/freezes"));
        page.locator("#until").fill(soonOver());
        keys.to(page.locator("#team")).type("keys-team");
        keys.to(page.locator(".stacked button.first")).press("Enter");
        assertThat(page.locator(".people-list")).containsText("keys-team");
        keys.to(page.locator("tr:has-text('keys-team') .act button")).press("Enter");
        assertThat(page.locator("main")).not().containsText("keys-team");
        assertThat(CHROMIUM.complaints()).isEmpty();
    }

    private static String startedBy(Page page, String route) throws Exception {
        page.navigate(SERIN.url("/new"));
        page.locator("#plan").fill(Calls.plan(route) + "approvals: { count: 2, notBy: starter }\n");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start: 50 %")).click();
        page.waitForURL(Pattern.compile(".*/rollouts/[0-9a-f-]{36}$"));
        var address = page.url();
        var id = address.substring(address.lastIndexOf('/') + 1);
        new Calls(SERIN.url(), "admin:" + PASSWORD).send(id, 300, 0);
        return address;
    }

    private static void freeze(Page admin, String until) {
        freeze(admin, "search", until, "release week");
    }

    private static void freezeAll(Page admin) {
        freeze(admin, "*", soonOver(), "all hands");
        assertThat(admin.locator(".people-list")).isVisible();
    }

    private static void freeze(Page admin, String team, String until, String why) {
        admin.navigate(SERIN.url("/settings/freezes"));
        admin.locator("#team").fill(team);
        admin.locator("#until").fill(until);
        admin.locator("#why").fill(why);
        admin.locator(".stacked button.first").click();
    }

    /// As a browser's own field for a time says it.
    private static String soonOver() {
        return LocalDateTime.now(ZoneOffset.UTC)
                .plusDays(2)
                .format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm"));
    }

    private static void signIn(Page page, String name, String password) {
        page.locator("input[name=name]").fill(name);
        page.locator("input[name=password]").fill(password);
        page.locator("form button").first().click();
    }

    private static ContainsTextOptions soon() {
        return new ContainsTextOptions().setTimeout(60_000);
    }
}
