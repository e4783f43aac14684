package dev.serin.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("A person without a mouse")
class KeyboardTest {

    private static final double SOON_MS = 30_000;

    @RegisterExtension static final RunningSerin SERIN = RunningSerin.demo();
    @RegisterExtension static final Chromium CHROMIUM = new Chromium();

    private final Calls calls = new Calls(SERIN.url());
    private Page page;
    private Keys keys;

    @BeforeEach
    void sayName() {
        page = CHROMIUM.page();
        keys = new Keys(page);
        page.navigate(SERIN.url("/name"));
        keys.to(page.locator("input[name=name]")).type("Mira").press("Enter");
        assertThat(page.locator(".masthead")).containsText("Mira");
    }

    @Test
    @DisplayName("starts a plan from the editor")
    void startsFromTheEditor() {
        page.navigate(SERIN.url("/new"));
        keys.to(page.locator("#plan")).type(Calls.plan("keys-editor"));
        assertThat(page.locator("#verdict")).containsText("This plan is ready", soon());
        start();
    }

    @Test
    @DisplayName("starts a plan from the form")
    void startsFromTheForm() {
        page.navigate(SERIN.url("/new"));
        keys.to(page.locator("#f-route")).type("keys-form");
        keys.to(page.locator("#f-baseline")).type("a");
        keys.to(page.locator("#f-candidate")).type("b");
        keys.to(page.locator("[value='drop 0 step']")).press("Enter");
        assertThat(page.locator("#f-step-0-name")).isFocused();
        assertThat(page.locator("#f-step-0-name")).hasValue("5% canary");
        keys.to(page.locator(".plan-fields > .buttons button")).press("Enter");
        assertThat(page.locator("#plan")).hasValue(Pattern.compile("^route: keys-form\n"));
        start();
    }

    private void start() {
        keys.to(page.locator("#verdict button.first")).press("Enter");
        page.waitForURL(Pattern.compile(".*/rollouts/[0-9a-f-]{36}$"));
    }

    @Test
    @DisplayName("pauses a rollout, lets it go on, and rolls it back")
    void pausesResumesAndRollsBack() throws Exception {
        openYoung("keys-back");
        keys.to(action("pause")).press("Enter");
        assertThat(page.locator(".journal")).containsText("Paused at 50 %", soon());
        confirmed("resume");
        assertThat(action("pause")).isVisible();
        confirmed("rollback");
        assertThat(page.locator("#sentence")).containsText("Rolled back", soon());
    }

    @Test
    @DisplayName("takes a rollout to its next share early, and is asked before")
    void promotes() throws Exception {
        openYoung("keys-promote");
        confirmed("promote");
        assertThat(page.locator(".journal")).containsText("100 %", soon());
    }

    @Test
    @DisplayName("approves at a gate, and is asked before")
    void approves() throws Exception {
        openGate("keys-approve");
        keys.press("a");
        assertThat(page.locator("#gate")).isFocused();
        keys.to(page.locator("#gate .decide > .buttons button.first")).press("Enter");
        keys.to(page.locator("dialog[open] [data-close]")).press("Enter");
        assertThat(page.locator("dialog[open]")).hasCount(0);
        keys.to(page.locator("#gate .decide > .buttons button.first")).press("Enter");
        keys.to(page.locator("dialog[open] button.first")).press("Enter");
        assertThat(page.locator("#sentence")).containsText("Promoted", soon());
    }

    @Test
    @DisplayName("rejects at a gate, with a reason")
    void rejects() throws Exception {
        openGate("keys-reject");
        keys.press("a").to(page.locator("#gate .reasons button").first()).press("Enter");
        assertThat(page.locator("#sentence")).containsText("Rolled back", soon());
    }

    @Test
    @DisplayName("keeps the place on a page that is brought up to date, also on what has no id")
    void keepsThePlace() throws Exception {
        openYoung("keys-place");
        var link = page.locator("#live summary:not([id])").first();
        link.focus();
        page.evaluate("() => { document.querySelector('#live').dataset.old = 'yes'; }");
        page.evaluate("() => htmx.trigger('#live', 'refresh')");
        page.locator("#live:not([data-old])").waitFor();
        assertThat(link).isFocused();
    }

    @Test
    @DisplayName(
            "stays at the gate that a link led to, however often the page is brought up to date")
    void staysAtTheGate() throws Exception {
        var id = calls.start(Calls.plan("keys-stay"));
        calls.send(id, 300, 0);
        page.navigate(SERIN.url("/"));
        var link = page.locator(".waiting-item .button[href*='%s']".formatted(id));
        link.waitFor(new Locator.WaitForOptions().setTimeout(SOON_MS));
        link.focus();
        keys.press("Enter");
        assertThat(page.locator("#gate")).isFocused();
        for (int i = 0; i < 3; i++) {
            refreshed();
            assertThat(page.locator("#gate")).isFocused();
            assertThat(page.locator("#gate-title")).isInViewport();
        }
    }

    @Test
    @DisplayName("keeps what was said of a decision until the next one, and hears it")
    void keepsWhatWasSaid() throws Exception {
        openYoung("keys-note");
        var note = page.locator("#live > .note");
        page.route(
                "**/pause",
                route -> route.resume(new Route.ResumeOptions().setPostData("version=99")),
                new Page.RouteOptions().setTimes(1));
        keys.to(action("pause")).press("Enter");
        assertThat(note).hasCount(1);
        var said = note.getAttribute("data-say");
        assertThat(page.locator("#status")).hasText(said);
        refreshed();
        refreshed();
        assertThat(note).containsText(said);

        keys.to(action("pause")).press("Enter");
        assertThat(page.locator(".journal")).containsText("Paused at 50 %", soon());
        assertThat(note).hasCount(0);
    }

    @Test
    @DisplayName("hears what was said of a decision on a page that is opened, and puts it away")
    void putsAwayWhatWasSaid() throws Exception {
        openYoung("keys-away");
        var note = page.locator("#live > .note");
        page.request()
                .post(
                        page.url() + "/pause",
                        RequestOptions.create()
                                .setForm(FormData.create().set("version", "99"))
                                .setMaxRedirects(0));
        page.navigate(page.url());
        assertThat(page.locator("#status")).hasText(note.getAttribute("data-say"));
        keys.to(note.locator("button")).press("Enter");
        assertThat(note).hasCount(0);
        refreshed();
        assertThat(note).hasCount(0);
    }

    @Test
    @DisplayName("passes over no other condition than the one that was ticked")
    void ticksOneCondition() throws Exception {
        var plan =
                Calls.plan("keys-tick")
                        .replace("duration: 1s", "duration: 1h")
                        .concat("  - hallucination_rate >= 8%\n");
        var id = calls.start(plan);
        page.navigate(SERIN.url("/rollouts/" + id));
        var boxes = page.locator("input[name=waive]");
        assertThat(boxes).hasCount(3);
        keys.to(boxes.first()).press("Space");
        assertThat(boxes.first()).isChecked();
        calls.send(id, 300, 0);
        assertThat(boxes).hasCount(1);
        assertThat(boxes).hasValue("hallucination_rate >= 0.08");
        assertThat(boxes).not().isChecked();
    }

    @Test
    @DisplayName("keeps what is chosen in a filter on a page that is brought up to date")
    void keepsWhatIsChosen() throws Exception {
        openYoung("keys-filter");
        for (var filter :
                List.of("/ phase", "/ outcome", "/ route", "/audit what", "/notices state")) {
            var words = filter.split(" ");
            page.navigate(SERIN.url(words[0]));
            var select = page.locator("form.filter select[name=%s]".formatted(words[1]));
            keys.to(select).press("ArrowDown");
            var chosen = select.inputValue();
            refreshed();
            assertThat(select).hasValue(chosen);
            assertThat(select).isFocused();
        }
    }

    private void refreshed() {
        page.evaluate("() => { document.querySelector('#live').dataset.old = 'yes'; }");
        // While htmx settles the answer before, it does not hear of the next.
        page.waitForFunction(
                """
                () => {
                  const live = document.querySelector('#live');
                  if (live.dataset.old) htmx.trigger(live, 'refresh');
                  return !live.dataset.old;
                }
                """,
                null,
                new Page.WaitForFunctionOptions().setPollingInterval(250));
    }

    private void openYoung(String route) throws Exception {
        var id = calls.start(Calls.plan(route).replace("duration: 1s", "duration: 1h"));
        calls.send(id, 300, 0);
        page.navigate(SERIN.url("/rollouts/" + id));
    }

    private void openGate(String route) throws Exception {
        var id = calls.start(Calls.plan(route));
        calls.send(id, 300, 0);
        page.navigate(SERIN.url("/rollouts/" + id));
        assertThat(page.locator("#gate")).containsText("Go to 100 %?", soon());
    }

    /// Presses a button, and the one in the question that it asks, where it asks one.
    private void confirmed(String verb) {
        var button = action(verb);
        keys.to(button);
        boolean asks = button.getAttribute("data-asks") != null;
        keys.press("Enter");
        if (asks) {
            keys.to(page.locator("dialog[open] button.first")).press("Enter");
        }
    }

    private Locator action(String verb) {
        return page.locator(".actions > .buttons button[formaction$='/%s']".formatted(verb));
    }

    private static ContainsTextOptions soon() {
        return new ContainsTextOptions().setTimeout(SOON_MS);
    }
}
