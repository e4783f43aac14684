package dev.serin.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("People who share a server")
class TwoApproversTest {

    private static final double SOON_MS = 60_000;
    private static final String PASSWORD = "a long enough password";
    private static final String XSS = "<img src=x onerror=alert(1)><script>alert(2)</script>";

    @RegisterExtension static final RunningSerin SERIN = RunningSerin.closed(PASSWORD);
    @RegisterExtension static final Chromium CHROMIUM = new Chromium();

    @Test
    @DisplayName(
            "are invited by links, and a gate for two is passed by two who did not start the rollout")
    void passAGateTogether() throws Exception {
        var people = new Signed(SERIN, CHROMIUM, PASSWORD);
        var admin = people.admin();
        var olga = people.invited(admin, "olga", "operator", "approver");
        var mira = people.invited(admin, "mira", "approver");
        var nils = people.invited(admin, "nils", "approver");
        var vic = people.invited(admin, "vic", "viewer");
        var alerted = new AtomicBoolean();
        nils.onDialog(dialog -> {
            alerted.set(true);
            dialog.dismiss();
        });

        olga.navigate(SERIN.url("/new"));
        olga.locator("#plan")
                .fill(Calls.plan("for-two") + "approvals: { count: 2, notBy: starter }\n");
        assertThat(olga.locator("#verdict")).containsText("This plan is ready", soon());
        olga.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start: 50 %")).click();
        olga.waitForURL(Pattern.compile(".*/rollouts/[0-9a-f-]{36}$"));
        var page = olga.url();
        var id = page.substring(page.lastIndexOf('/') + 1);
        new Calls(SERIN.url(), "admin:" + PASSWORD).send(id, 300, 0);
        assertThat(olga.locator("#gate")).containsText("Go to 100 %?", soon());
        assertThat(olga.locator("#gate")).containsText("Anyone but olga");

        vic.navigate(page);
        assertThat(vic.locator("#gate")).containsText("You may watch; approving needs the role");
        assertThat(vic.locator("main form:not(.editor)")).hasCount(0);
        assertThat(vic.locator(".masthead nav")).not().containsText("Audit");
        assertThat(vic.navigate(SERIN.url("/audit")).status()).isEqualTo(403);

        assertThat(olga.locator("#gate")).containsText("You started this rollout");
        assertThat(olga.locator("#gate-approve")).hasCount(0);
        assertThat(olga.locator("#gate-reject")).hasCount(1);
        assertThat(olga.locator("#gate")).containsText("0 of 2 people have approved");

        olga.navigate(SERIN.url("/"));
        assertThat(olga.locator("#others-title")).containsText("Waiting for others");
        mira.navigate(SERIN.url("/"));
        assertThat(mira.locator("#waiting-title")).containsText("Waiting for you");
        olga.navigate(page);
        mira.navigate(page);
        approve(mira, XSS);
        assertThat(mira.locator("#sentence")).containsText("1 of 2 people have approved", soon());
        assertThat(mira.locator("#gate")).containsText("1 of 2 people have approved: mira");

        nils.navigate(page);
        assertThat(nils.locator(".journal")).containsText(XSS);
        approve(nils, "");
        assertThat(nils.locator("#sentence")).containsText("Promoted", soon());
        assertThat(nils.locator(".journal")).containsText("by nils");
        assertThat(olga.locator("#sentence")).containsText("Promoted", soon());
        assertThat(alerted).isFalse();

        forge(nils, page + "/rollback");
        forge(admin, SERIN.url("/settings/people/vic/remove"));
        admin.navigate(SERIN.url("/settings/people"));
        assertThat(admin.locator(".people-list")).containsText("vic");
    }

    private static void approve(Page page, String comment) {
        page.locator("#comment-gate").fill(comment);
        page.locator("#gate button.first").first().click();
        page.locator("dialog[open] button.first").click();
    }

    /// A form of another site that somebody who is signed in was made to press.
    private static void forge(Page page, String address) {
        page.navigate(
                "data:text/html,<form method=post action='%s'><button id=go>Win</button></form>"
                        .formatted(address));
        var answer = page.waitForResponse(address, () -> page.locator("#go").click());
        assertThat(answer.status()).isEqualTo(403);
    }

    private static LocatorAssertions.ContainsTextOptions soon() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(SOON_MS);
    }
}
