package dev.serin.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("A person with a plan")
class MainPathTest {

    private static final double SOON_MS = 30_000;
    private static final String COMMENT = "Looked at ten answers, all fine";

    @RegisterExtension static final RunningSerin SERIN = RunningSerin.demo();
    @RegisterExtension static final Chromium CHROMIUM = new Chromium();

    @Test
    @DisplayName("starts it, watches it live, approves its gate, and compares it with another run")
    void mainPath() throws Exception {
        var page = CHROMIUM.page();
        var calls = new Calls(SERIN.url());
        sayName(page, "Mira");

        page.navigate(SERIN.url("/new"));
        page.locator("#plan").fill(Calls.plan("main-path"));
        assertThat(page.locator("#verdict")).containsText("This plan is ready", soon());
        page.getByRole(AriaRole.BUTTON, named("Start: 50 %")).click();
        page.waitForURL(Pattern.compile(".*/rollouts/[0-9a-f-]{36}$"));
        var id = page.url().substring(page.url().lastIndexOf('/') + 1);

        calls.send(id, 300, 0);
        assertThat(page.locator("#gate")).containsText("Go to 100 %?", soon());
        assertThat(page).hasTitle(Pattern.compile("^Waiting: main-path"));

        page.locator("#comment-gate").fill(COMMENT);
        var before = page.locator("#fact-2").textContent();
        calls.send(id, 200, 0);
        assertThat(page.locator("#fact-2")).not().hasText(before, differently());
        assertThat(page.locator("#comment-gate")).hasValue(COMMENT);
        assertThat(page.locator("#comment-gate")).isFocused();

        page.locator("#gate button.first").first().click();
        page.locator("dialog[open] button.first").click();
        assertThat(page.locator("#sentence")).containsText("Promoted", soon());
        assertThat(page.locator(".journal")).containsText(COMMENT);
        assertThat(page.locator(".journal")).containsText("Mira (said)");
        assertThat(page.url()).endsWith("/rollouts/" + id);

        var bad = calls.start(Calls.plan("main-path-bad"));
        calls.send(bad, 100, 60);
        page.navigate(SERIN.url("/?text=main-path"));
        assertThat(page.locator("#now-" + bad)).containsText("rolled back: errors", soon());
        page.locator("#pick-" + id).check();
        page.locator("#pick-" + bad).check();
        page.getByRole(AriaRole.BUTTON, named("Compare the ticked")).click();
        assertThat(page.locator("h1")).containsText("promoted");
        assertThat(page.locator("h1")).containsText("rolled back");
        assertThat(page.url()).contains("run=" + id).contains("run=" + bad);

        page.navigate(SERIN.url("/"));
        page.locator("a.to-route", new Page.LocatorOptions().setHasText("main-path-bad")).click();
        page.waitForURL(Pattern.compile(".*/routes/main-path-bad$"));
        assertThat(page).hasTitle(Pattern.compile(": main-path-bad"));
        assertThat(page.locator("svg.timeline")).containsText("rolled back");
        page.locator(".masthead nav").getByText("Routes").click();
        assertThat(page.locator(".route-list")).containsText("main-path");
        assertThat(CHROMIUM.complaints()).isEmpty();
    }

    @Test
    @DisplayName("sees what came about while the page was being read anew")
    void catchesUp() throws Exception {
        var page = CHROMIUM.page();
        var calls = new Calls(SERIN.url());
        var id = calls.start(Calls.plan("in-between").replace("duration: 1s", "duration: 1h"));
        calls.send(id, 300, 0);
        page.navigate(SERIN.url("/rollouts/" + id));
        var shown = page.locator(".live");
        assertThat(shown).containsText("300 calls");
        page.evaluate(
                "() => document.addEventListener('htmx:sseMessage', () => { window.heard = true; })");
        var more = new AtomicBoolean(true);
        page.route(
                "**/rollouts/" + id,
                route -> {
                    var old = route.fetch();
                    if (more.getAndSet(false)) {
                        page.evaluate("() => { window.heard = false; }");
                        send(calls, id, 200);
                        page.waitForFunction("() => window.heard");
                    }
                    route.fulfill(new Route.FulfillOptions().setResponse(old));
                });

        send(calls, id, 7);

        assertThat(shown).containsText("507 calls", soon());
    }

    @Test
    @DisplayName("reads how long ago things were, below a time so long ago that it is a date")
    void readsTimes() throws Exception {
        var page = CHROMIUM.page();
        var id = new Calls(SERIN.url()).start(Calls.plan("long-ago"));
        var first =
                "<time id=old datetime=%s data-relative>20 Oct</time>"
                        .formatted(Instant.now().minus(Duration.ofDays(40)));
        page.route(
                "**/rollouts/" + id,
                route -> {
                    var answer = route.fetch();
                    route.fulfill(
                            new Route.FulfillOptions()
                                    .setResponse(answer)
                                    .setBody(answer.text().replace("<main ", first + "<main ")));
                });
        page.navigate(SERIN.url("/rollouts/" + id));

        assertThat(page.locator("#old")).hasText("20 Oct");
        assertThat(page.locator(".journal time").first())
                .hasText(Pattern.compile("just now|\\d+ s ago"));
    }

    private static void send(Calls calls, String id, int count) {
        try {
            calls.send(id, count, 0);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void sayName(Page page, String name) {
        page.navigate(SERIN.url("/name"));
        page.locator("input[name=name]").fill(name);
        page.getByRole(AriaRole.BUTTON, named("Go on")).click();
        assertThat(page.locator(".masthead")).containsText(name);
    }

    private static GetByRoleOptions named(String name) {
        return new GetByRoleOptions().setName(name);
    }

    private static LocatorAssertions.ContainsTextOptions soon() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(SOON_MS);
    }

    private static LocatorAssertions.HasTextOptions differently() {
        return new LocatorAssertions.HasTextOptions().setTimeout(SOON_MS);
    }
}
