package dev.serin.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// One browser for a test class, and a fresh page without any past for each test.
///
/// ```java
/// @RegisterExtension static final Chromium CHROMIUM = new Chromium();
/// ```
public final class Chromium
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {

    private static final List<String> USUAL_PLACES =
            List.of(
                    "/usr/bin/chromium",
                    "/usr/bin/chromium-browser",
                    "/usr/bin/google-chrome",
                    "/usr/bin/google-chrome-stable",
                    "/snap/bin/chromium",
                    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                    "/Applications/Chromium.app/Contents/MacOS/Chromium");

    /// How long a page may take where nothing else is said, in milliseconds: a busy machine is no failure.
    private static final double PATIENCE = 60_000;

    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final List<BrowserContext> others = new ArrayList<>();
    private final Browser.NewContextOptions options;
    private Playwright playwright;
    private Browser browser;
    private BrowserContext context;
    private Page page;

    public Chromium() {
        this(new Browser.NewContextOptions());
    }

    /// @param options window size, colour scheme, `setJavaScriptEnabled(false)` …
    public Chromium(Browser.NewContextOptions options) {
        this.options = options;
    }

    public Page page() {
        return page;
    }

    /// Another tab of the same person.
    public Page anotherPage() {
        return listened(context.newPage());
    }

    /// The page of somebody else, in a browser of their own.
    public Page anotherPerson() {
        var other = patient(browser.newContext(options));
        others.add(other);
        return listened(other.newPage());
    }

    /// The addresses that the pages of this test asked for.
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /// What the pages of this test wrote to the console as errors, and exceptions that nobody caught.
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void beforeAll(ExtensionContext test) {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new LaunchOptions()
                                        .setExecutablePath(executable())
                                        .setArgs(List.of("--no-sandbox")));
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        requests.clear();
        complaints.clear();
        context = patient(browser.newContext(options));
        page = listened(context.newPage());
    }

    @Override
    public void afterEach(ExtensionContext test) {
        context.close();
        others.forEach(BrowserContext::close);
        others.clear();
    }

    @Override
    public void afterAll(ExtensionContext test) {
        browser.close();
        playwright.close();
    }

    private static BrowserContext patient(BrowserContext opened) {
        opened.setDefaultTimeout(PATIENCE);
        return opened;
    }

    private Page listened(Page opened) {
        opened.onRequest(request -> requests.add(request.url()));
        opened.onPageError(complaints::add);
        opened.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        return opened;
    }

    private static Path executable() {
        return Stream.concat(
                        Stream.ofNullable(System.getenv("SERIN_CHROMIUM")), USUAL_PLACES.stream())
                .filter(place -> !place.isBlank())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError(
                                "no Chromium: apt-get install chromium, or set SERIN_CHROMIUM"));
    }
}
