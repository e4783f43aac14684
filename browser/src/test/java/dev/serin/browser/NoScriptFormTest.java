package dev.serin.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Without JavaScript the form for a plan")
class NoScriptFormTest {

    @RegisterExtension static final RunningSerin SERIN = RunningSerin.demo();

    @RegisterExtension
    static final Chromium CHROMIUM =
            new Chromium(new Browser.NewContextOptions().setJavaScriptEnabled(false));

    @Test
    @DisplayName("gains and loses rows, says what is wrong, writes the plan and is filled from it")
    void writesAndFills() {
        var page = CHROMIUM.page();
        page.navigate(SERIN.url("/new"));
        page.locator("#f-route").fill("no-script-form");
        page.locator("#f-candidate").fill("Ada's \"new\": one");
        page.locator("[value='drop 0 step']").click();
        page.locator("[value='add condition']").click();
        page.locator("#f-condition-3-metric").selectOption("avg_cost_usd");
        page.locator("#f-condition-3-amount").fill("cheap");
        page.locator(".plan-fields > .buttons button").click();
        assertThat(page.locator("#f-baseline-error")).containsText("name the one");
        assertThat(page.locator("#f-condition-3-amount-error"))
                .containsText("avg_cost_usd >= cheap");
        assertThat(page.locator("#f-candidate")).hasValue("Ada's \"new\": one");
        assertThat(page.locator("#plan")).hasValue("");

        page.locator("#f-baseline").fill("old");
        page.locator("#f-condition-3-amount").fill("0.10");
        page.locator(".plan-fields > .buttons button").click();
        assertThat(page.locator("#verdict")).containsText("This plan is ready");
        assertThat(page.locator("#plan"))
                .hasValue(Pattern.compile("candidate: \"Ada's \\\\\"new\\\\\": one\""));

        var typed = page.locator("#plan").inputValue().replace("old", "older");
        page.locator("#plan").fill(typed);
        page.locator("[formaction$='/new/fill']").click();
        assertThat(page.locator("#f-baseline")).hasValue("older");
        assertThat(page.locator("#form-says")).containsText("says the same");
    }
}
