package dev.serin.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Text that nobody expected")
class OddTextTest {

    private static final String MARKUP = "<img src=x onerror=alert(1)>";
    private static final String EMOJI = "🚀 chat 👩‍👩‍👧 " + "é".repeat(150);
    private static final String FROM_RIGHT = "דגם-חדש-ומהיר";
    private static final String LONG = "long-" + "x".repeat(195);

    /// Route, candidate and step of each.
    private static final List<List<String>> RUNS =
            List.of(
                    List.of(FROM_RIGHT, MARKUP, "שלב ראשון"),
                    List.of(LONG, EMOJI, MARKUP),
                    List.of("emoji", "y".repeat(200), "🐤".repeat(60)));

    @RegisterExtension static final RunningSerin SERIN = RunningSerin.demo();

    @RegisterExtension
    static final Chromium CHROMIUM =
            new Chromium(new Browser.NewContextOptions().setBypassCSP(true));

    @Test
    @DisplayName("stands as it was written on every page, widens none and runs nowhere")
    void standsAsWritten() throws Exception {
        var page = CHROMIUM.page();
        var alerted = new AtomicBoolean();
        page.onDialog(dialog -> {
            alerted.set(true);
            dialog.dismiss();
        });
        var calls = new Calls(SERIN.url());
        var ids = new ArrayList<String>();
        for (var run : RUNS) {
            var plan =
                    Calls.plan(run.getFirst())
                            .replace("name: half", "name: '%s'".formatted(run.get(2)));
            var id = calls.start(plan.replace("openai/gpt-4\n", "'%s'\n".formatted(run.get(1))));
            calls.send(id, 60, 0);
            ids.add(id);
        }
        for (int i = 0; i < RUNS.size(); i++) {
            for (var text : RUNS.get(i)) {
                look(page, "/rollouts/" + ids.get(i), text);
            }
            var route = RUNS.get(i).getFirst();
            look(page, "/routes/" + encoded(route), RUNS.get(i).get(1));
            look(page, "/", RUNS.get(i).get(1));
            look(page, "/routes", route);
            look(page, "/?text=" + encoded(route), route);
        }
        look(page, "/compare?run=" + String.join("&run=", ids), LONG);
        assertThat(alerted).isFalse();
        assertThat(page.locator("img[src=x]")).hasCount(0);
    }

    @Test
    @DisplayName("of 300 characters as a name is refused beside its line, in words that fit")
    void tooLong() {
        var page = CHROMIUM.page();
        page.navigate(SERIN.url("/new"));
        page.locator("#plan").fill(Calls.plan("x".repeat(300)));
        assertThat(page.locator("#verdict")).containsText("route");
        assertThat(page.locator("#verdict button.first:enabled")).hasCount(0);
        fits(page, "a name of 300 characters");
        Axe.checkAsItIs(page, "a name of 300 characters");
    }

    @Test
    @DisplayName("of 500 lines is a plan as any other: checked, numbered, started and shown")
    void longPlan() {
        var page = CHROMIUM.page();
        page.navigate(SERIN.url("/new"));
        var plan = new StringBuilder(Calls.plan("five-hundred-lines"));
        for (int i = 0; i < 490; i++) {
            plan.append("# remark %d%n".formatted(i));
        }
        page.locator("#plan").fill(plan + "oops: 1\n");
        assertThat(page.locator("#verdict")).containsText("500");
        page.locator("#plan").fill(plan.toString());
        assertThat(page.locator("#verdict")).containsText("This plan is ready");
        fits(page, "a plan of 500 lines in the editor");
        Axe.checkAsItIs(page, "a plan of 500 lines in the editor");
        page.locator("#name-plan").fill(EMOJI.substring(0, 40));
        page.locator("#verdict button.first").click();
        assertThat(page.locator("pre.plan")).containsText("# remark 489");
        fits(page, "a plan of 500 lines on its page");
    }

    @Test
    @DisplayName("as what is compared is told apart: a run with itself, one alone, other metrics")
    void compared() throws Exception {
        var page = CHROMIUM.page();
        var calls = new Calls(SERIN.url());
        var one = calls.start(Calls.plan("compared-one"));
        calls.send(one, 60, 0);
        var other =
                calls.start(
                        Calls.plan("compared-other")
                                .replace("error_rate >= 10%", "hallucination_rate >= 8%"));
        calls.send(other, 60, 0);
        look(page, "/compare?run=" + one, "compared-one");
        look(page, "/compare?run=%s&run=%s".formatted(one, one), "compared-one");
        look(page, "/compare?run=%s&run=%s".formatted(one, other), "compared-other");
        look(page, "/compare?run=" + one + "&run=not-an-id", "run");
    }

    private static void look(Page page, String path, String text) {
        page.navigate(SERIN.url(path));
        assertThat(page.locator("main")).containsText(text);
        assertThat(page.locator("h1")).isVisible();
        fits(page, path);
    }

    private static void fits(Page page, String what) {
        for (int width : List.of(320, 1280)) {
            page.setViewportSize(width, 900);
            assertThat((List<?>) page.evaluate(WidthsTest.TOO_WIDE))
                    .as("%s at %d pixels", what, width)
                    .isEmpty();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
