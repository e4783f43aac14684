package dev.serin.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("A person who lets the faults loose")
class ChaosDemoTest {

    private static final double SOON_MS = 300_000;

    private static final List<String> FAULTS =
            List.of(
                    "latency-spike",
                    "partial-outage",
                    "full-outage",
                    "rate-limit",
                    "context-overflow");

    @RegisterExtension static final RunningSerin SERIN = RunningSerin.demo("--chaos");
    @RegisterExtension static final Chromium CHROMIUM = new Chromium();

    @Test
    @DisplayName("sees each act, its breaker open, the budget burn and recover, and no user fail")
    void chaos() {
        var page = CHROMIUM.page();
        page.navigate(SERIN.url("/"));
        assertThat(page.locator("#act-full-outage"))
                .hasText(Pattern.compile("^\\s*Not begun\\s*$"));
        Presses.until(
                page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Let the faults loose")),
                page.locator("#act-full-outage")
                        .filter(new Locator.FilterOptions().setHasNotText("Not begun")));

        assertThat(page.locator("#act-full-outage")).containsText("Acts for", soon());
        assertThat(page.locator("#fault-full-outage"))
                .containsText("Open: the provider rests", soon());
        assertThat(page.locator("#fault-full-outage"))
                .containsText(
                        Pattern.compile("Rolled back \\d+\\.\\d s after the fault began"), soon());

        for (var fault : FAULTS) {
            assertThat(page.locator("#act-" + fault))
                    .hasText(Pattern.compile("^\\s*Over\\s*$"), soonText());
            var all = page.locator("#fault-" + fault);
            assertThat(all).containsText("none failed");
            assertThat(all).containsText("The candidate answers all");
            assertThat(all).containsText("Promoted");
            assertThat(page.locator("#burns-" + fault))
                    .containsText(Pattern.compile("0\\.\\d× now, [1-9]\\d*\\.\\d× at most"));
        }
        assertThat(page.locator("#fault-context-overflow")).not().containsText("opened");
        assertThat(page.locator("#chaos-users"))
                .containsText(Pattern.compile("None of [\\d,]+ calls"));

        page.locator("#fault-rate-limit a").first().click();
        assertThat(page.locator("#sentence")).containsText("Rolled back");
        assertThat(page.locator("article")).containsText("429");
        assertThat(CHROMIUM.complaints()).isEmpty();
    }

    private static LocatorAssertions.ContainsTextOptions soon() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(SOON_MS);
    }

    private static LocatorAssertions.HasTextOptions soonText() {
        return new LocatorAssertions.HasTextOptions().setTimeout(SOON_MS);
    }
}
