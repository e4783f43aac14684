package dev.serin.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("The log of messages in a browser")
class NoticesTest {

    private static final List<String> TAGS =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");
    private static final LocatorAssertions.ContainsTextOptions SOON =
            new LocatorAssertions.ContainsTextOptions().setTimeout(30_000);

    @RegisterExtension
    static final RunningSerin SERIN =
            RunningSerin.demo().with("serin.notices.allow-private", "true");

    @RegisterExtension
    static final Chromium CHROMIUM =
            new Chromium(new Browser.NewContextOptions().setBypassCSP(true));

    private static final AtomicInteger STATUS = new AtomicInteger(410);
    private static final AtomicInteger HEARD = new AtomicInteger();
    private static HttpServer receiver;

    @BeforeAll
    static void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext(
                "/",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    HEARD.incrementAndGet();
                    exchange.sendResponseHeaders(STATUS.get(), -1);
                    exchange.close();
                });
        receiver.start();
    }

    @AfterAll
    static void deafen() {
        receiver.stop(0);
    }

    @Test
    @DisplayName("shows a dead letter, and sends it again by one press once its receiver is back")
    void sendsAgain() throws Exception {
        var page = CHROMIUM.page();
        var address = "http://127.0.0.1:%d/services/key".formatted(receiver.getAddress().getPort());
        new Calls(SERIN.url()).start(Calls.plan("told") + "notify: " + address + "\n");
        page.navigate(SERIN.url("/notices"));
        var fate = page.locator(".letters .fate").first();
        assertThat(fate).containsText("dead letter", SOON);
        assertThat(fate).containsText("it wants no more");
        assertThat(page.locator("#sentence")).containsText("One message is a dead letter");
        assertThat(page.locator("body")).not().containsText("services/key");
        breaksNoRule(page, ColorScheme.LIGHT, 1280);
        breaksNoRule(page, ColorScheme.DARK, 390);
        page.setViewportSize(1280, 900);

        sayName(page);
        page.navigate(SERIN.url("/notices?state=dead"));
        STATUS.set(204);
        page.locator("button:has-text('Send again')").click();
        assertThat(page.locator("#live")).containsText("Nothing matches");
        page.navigate(SERIN.url("/notices"));
        assertThat(page.locator(".letters .fate").first()).containsText("delivered", SOON);
        assertThat(page.locator("button:has-text('Send again')")).hasCount(0);
        assertThat(page.locator("#sentence")).containsText("Every message was taken");
        assertThat(HEARD.get()).isEqualTo(2);
        page.navigate(SERIN.url("/audit?what=resend"));
        assertThat(page.locator(".deeds")).containsText("had a dead letter sent again");
    }

    @Test
    @DisplayName("adds a receiver, shows its secret once, and removes it")
    void addsAndRemoves() {
        var page = CHROMIUM.page();
        sayName(page);
        page.navigate(SERIN.url("/notices"));
        page.locator("#receivers input[name=address]").fill("https://hooks.example.com/a");
        page.locator("#receivers input[name=route]").fill("nowhere");
        page.locator("#receivers .add button").click();
        assertThat(page.locator("#secret")).containsText("whsec_");
        breaksNoRule(page, ColorScheme.LIGHT, 390);
        page.locator("main a").click();
        assertThat(page.locator(".told")).containsText("https://hooks.example.com/…");
        assertThat(page.locator(".told")).containsText("nowhere");
        assertThat(page.locator("body")).not().containsText("whsec_");
        breaksNoRule(page, ColorScheme.LIGHT, 1280);
        breaksNoRule(page, ColorScheme.DARK, 390);
        page.locator(".told button").click();
        assertThat(page.locator("#receivers")).containsText("Nobody yet.");
    }

    @Test
    @DisplayName("leads to a gate with its evidence, and decides nothing by being followed")
    void linkOnlyShows() throws Exception {
        var page = CHROMIUM.page();
        var calls = new Calls(SERIN.url());
        var id = calls.start(Calls.plan("linked"));
        calls.send(id, 300, 0);
        page.navigate(SERIN.url("/rollouts/" + id));
        assertThat(page.locator("#sentence")).containsText("Gate open", SOON);
        for (int i = 0; i < 2; i++) {
            page.navigate("about:blank"); // as in a new tab, and not within the page
            page.navigate(SERIN.url("/rollouts/" + id + "#gate"));
            assertThat(page.locator("#gate")).isInViewport();
            assertThat(page.locator("#gate .findings")).containsText("met");
            assertThat(page.locator("#sentence")).containsText("Gate open");
        }
    }

    private static void sayName(Page page) {
        page.navigate(SERIN.url("/name"));
        page.locator("main input[name=name]").fill("Mira");
        page.locator("main button").first().click();
    }

    private static void breaksNoRule(Page page, ColorScheme scheme, int width) {
        page.setViewportSize(width, 900);
        // A mark that fades keeps the colours of the scheme in which it began.
        page.waitForFunction("document.querySelector('.changed') === null");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        var found = new AxeBuilder(page).withTags(TAGS).analyze();
        assertThat(found.getPasses()).isNotEmpty();
        assertThat(found.getViolations())
                .as("%s, %s, %d px", page.url(), scheme, width)
                .extracting(rule -> rule.getId() + ": " + rule.getNodes().getFirst().getHtml())
                .isEmpty();
        boolean fits =
                (Boolean)
                        page.evaluate("document.documentElement.scrollWidth <= window.innerWidth");
        assertThat(fits).as("%d px hold the page", width).isTrue();
    }
}
