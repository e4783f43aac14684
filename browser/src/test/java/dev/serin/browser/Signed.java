package dev.serin.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/// People in browsers of their own, on a server that asks who they are.
///
/// @param password of everybody
record Signed(RunningSerin serin, Chromium chromium, String password) {

    /// The admin, in this test's first browser.
    Page admin() {
        var page = chromium.page();
        page.navigate(serin.url("/login"));
        page.locator("input[name=name]").fill("admin");
        page.locator("input[name=password]").fill(password);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
        assertThat(page.locator(".masthead")).containsText("admin");
        return page;
    }

    /// The link by which somebody is to choose a password; the admin stays where it is shown.
    String link(Page admin, String name, String... roles) {
        admin.navigate(serin.url("/settings/people"));
        admin.locator("#name").fill(name);
        for (var role : roles) {
            admin.locator("input[value='%s everybody']".formatted(role)).check();
        }
        admin.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Invite: make a link"))
                .click();
        return admin.locator("#invitation").inputValue();
    }

    /// Somebody's own browser, signed in by the link that the admin was shown.
    Page invited(Page admin, String name, String... roles) {
        var page = chromium.anotherPerson();
        page.navigate(link(admin, name, roles));
        page.locator("input[name=password]").fill(password);
        page.locator("input[name=again]").fill(password);
        page.locator("button.first").click();
        assertThat(page.locator(".masthead")).containsText(name);
        return page;
    }
}
