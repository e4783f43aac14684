package dev.serin.web.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.web.layout.Frame;
import dev.serin.web.message.MessageView;
import dev.serin.web.plan.NewPlanView;
import dev.serin.web.plan.PlanFormView;
import dev.serin.web.rollout.BadCall;
import dev.serin.web.styleguide.StyleguideView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A page")
class PreviewTest {

    private static final Path OUT = Path.of("target", "preview");
    private static final Map<String, String> PAGES = new LinkedHashMap<>();

    @BeforeAll
    static void printAll() throws IOException {
        page("rollout-observing", "rollout", Pages.FRAME, RolloutSamples.observing());
        page("rollout-gate", "rollout", Pages.FRAME, RolloutSamples.gate());
        page("rollout-gate-frozen", "rollout", Pages.FRAME, RolloutSamples.frozenGate());
        page("rollout-frozen", "rollout", Pages.FRAME, RolloutSamples.frozen());
        page("rollout-barred", "rollout", Pages.FRAME, RolloutSamples.barred());
        page("rollout-promoted", "rollout", Pages.FRAME, RolloutSamples.alreadyApproved());
        page("rollout-back", "rollout", Pages.FRAME, RolloutSamples.rolledBack());
        page("rollout-paused", "rollout", Pages.DEMO, RolloutSamples.paused());
        page("rollout-beginning", "rollout", Pages.FRAME, RolloutSamples.beginning());
        page("rollout-long", "rollout", Pages.FRAME, RolloutSamples.longNames());
        page("list-busy", "rollouts", Pages.FRAME, ListSamples.busy());
        page("list-shared", "rollouts", Pages.FRAME, ListSamples.shared());
        page("calls", "calls", Pages.FRAME, RolloutSamples.calls());
        page("calls-none", "calls", Pages.FRAME, RolloutSamples.noCalls());
        page("list-empty", "rollouts", Pages.FRAME, ListSamples.empty());
        page("list-none", "rollouts", Pages.FRAME, ListSamples.nothingMatches());
        page("list-long", "rollouts", Pages.FRAME, ListSamples.longNames());
        page("demo-unplayed", "rollouts", Pages.DEMO, ListSamples.demoUnplayed());
        page("demo-playing", "rollouts", Pages.DEMO, ListSamples.demoPlaying());
        page("demo-chaos", "rollouts", Pages.DEMO, ListSamples.chaos());
        page("compare-two", "compare", Pages.FRAME, OtherSamples.compare(2));
        page("compare-five", "compare", Pages.FRAME, OtherSamples.compare(5));
        page("compare-none", "compare", Pages.FRAME, OtherSamples.nothingChosen());
        page("lab", "lab", Pages.FRAME, LabSamples.asked());
        page("lab-refused", "lab", Pages.FRAME, LabSamples.refused());
        page("lab-playing", "lab", Pages.FRAME, LabSamples.playing());
        page("lab-done", "lab", Pages.FRAME, LabSamples.done());
        page("routes", "routes", Pages.FRAME, RouteSamples.list());
        page("routes-none", "routes", Pages.FRAME, RouteSamples.none());
        page("route-busy", "route", Pages.FRAME, RouteSamples.busy());
        page("route-quiet", "route", Pages.FRAME, RouteSamples.quiet());
        page("route-silent", "route", Pages.FRAME, RouteSamples.silent());
        page("team-busy", "team", Pages.FRAME, TeamSamples.busy());
        page("team-empty", "team", Pages.FRAME, TeamSamples.empty());
        page("notices", "notices", Pages.FRAME, NoticeSamples.busy());
        page("notices-none", "notices", Pages.FRAME, NoticeSamples.none());
        page("receiver", "receiver", Pages.FRAME, NoticeSamples.added());
        plan("new-problems", OtherSamples.planWithProblems(), FormSamples.folded());
        plan("new-ready", OtherSamples.planReady(), FormSamples.written());
        plan("new-empty", OtherSamples.planEmpty(), FormSamples.usual());
        plan("new-form-errors", OtherSamples.planEmpty(), FormSamples.withErrors());
        plan("new-form-left", OtherSamples.planReady(), FormSamples.left());
        page("styleguide", "styleguide", Pages.FRAME, StyleguideView.of(""));
        page("login", "login", Pages.DEMO, OtherSamples.refused());
        page("login-provider", "login", Pages.FRAME, OtherSamples.byProvider());
        page("setup", "setup", Pages.DEMO, OtherSamples.asked());
        page("name", "name", Pages.DEMO, OtherSamples.playing());
        page("people", "people", Pages.FRAME, SettingsSamples.people());
        page("people-alone", "people", Pages.FRAME, SettingsSamples.alone());
        page("person", "person", Pages.FRAME, SettingsSamples.person());
        page("freezes", "freezes", Pages.FRAME, SettingsSamples.freezes());
        page("freezes-none", "freezes", Pages.FRAME, SettingsSamples.noFreezes());
        page("me", "me", Pages.FRAME, SettingsSamples.me());
        page("me-open", "me", Pages.DEMO, SettingsSamples.open());
        page("invitation", "invitation", Pages.DEMO, SettingsSamples.invitation());
        page("invitation-ended", "invitation", Pages.DEMO, OtherSamples.nobody());
        page("message-missing", "message", Pages.FRAME, MessageView.notFound("rollout"));
        page("message-away", "message", Pages.FRAME, MessageView.databaseAway());
        page("message-failed", "message", Pages.FRAME, MessageView.failed("req-8f3a"));
        page("message-forbidden", "message", Pages.FRAME, MessageView.notAllowed("Mira <b>"));
        save();
    }

    static Stream<Map.Entry<String, String>> pages() {
        return PAGES.entrySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    @DisplayName("obeys a policy that allows no script, style or handler inside of it")
    void hasNothingInline(Map.Entry<String, String> page) {
        assertThat(page.getValue())
                .doesNotContainPattern("<script(?![^>]*\\ssrc=)")
                .doesNotContain("<style")
                .doesNotContainPattern("<[a-z][^>]*\\sstyle=")
                .doesNotContainPattern("<[a-z][^>]*\\son[a-z]+=")
                .doesNotContain("javascript:")
                .doesNotContain("hx-on");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    @DisplayName("has one headline, one place that speaks, landmarks and a way past them")
    void canBeWalkedThrough(Map.Entry<String, String> page) {
        var html = page.getValue();
        assertThat(Pattern.compile("<h1").matcher(html).results()).hasSize(1);
        assertThat(Pattern.compile("role=\"status\"").matcher(html).results()).hasSize(1);
        assertThat(html)
                .contains("<main id=\"main\"")
                .contains("<nav aria-label=")
                .contains("href=\"#main\"");
        assertThat(html).containsPattern("<title>[^<]+ · Serin</title>");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    @DisplayName("uses no id twice")
    void idsAreUnique(Map.Entry<String, String> page) {
        var ids =
                Pattern.compile("\\sid=\"([^\"]*)\"")
                        .matcher(page.getValue())
                        .results()
                        .map(found -> found.group(1));
        assertThat(ids).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    @DisplayName("escapes what people wrote")
    void escapes(Map.Entry<String, String> page) {
        assertThat(page.getValue())
                .doesNotContain("<script>alert")
                .doesNotContain("<b>bold")
                .doesNotContain("r-404<b>")
                .doesNotContain("Mira <b>")
                .doesNotContain("such <text>");
    }

    @Test
    @DisplayName("says its state first in its title")
    void titles() {
        assertThat(PAGES.get("rollout-gate"))
                .contains("<title>Waiting: support-chat at 50 % · Serin</title>")
                .contains("icon/waiting.svg");
        assertThat(PAGES.get("rollout-back"))
                .contains("<title>Rolled back: support-chat · Serin</title>")
                .contains("icon/breached.svg");
        assertThat(PAGES.get("list-busy")).contains("<title>2 wait for you · Serin</title>");
    }

    @Test
    @DisplayName(
            "shows gain, price, nearest limit and both buttons before all else at an open gate")
    void gateComesFirst() {
        assertThat(PAGES.get("rollout-gate"))
                .containsSubsequence(
                        "<h1",
                        "Go to 100 %?",
                        "6.1 %",
                        "2.0 %",
                        "409 and 412 calls",
                        "0.5 s",
                        "1.2 s",
                        "Nearest to its limit",
                        "Approve: go to 100 %",
                        "Reject: back to gpt-3.5-turbo",
                        "<textarea",
                        "What is being approved",
                        "class=\"picture ladder\"");
    }

    @Test
    @DisplayName("sends the version and the evidence that the reader saw with each decision")
    void sendsWhatWasSeen() {
        assertThat(PAGES.get("rollout-gate"))
                .contains("name=\"version\" value=\"7\"")
                .contains("name=\"evidence\" value=\"e-1\"")
                .contains("formaction=\"./rollouts/r-42/approve\"")
                .contains("formaction=\"./rollouts/r-42/reject\"");
        assertThat(PAGES.get("rollout-observing"))
                .contains("name=\"waive\" value=\"hallucination_rate &gt;= 0.08\"");
    }

    @Test
    @DisplayName(
            "offers nothing to those who may not, and nothing but the way back when all is over")
    void offersOnlyWhatMayBeDone() {
        assertThat(PAGES.get("rollout-back"))
                .doesNotContain("formaction")
                .doesNotContain("name=\"version\"");
        assertThat(PAGES.get("rollout-promoted"))
                .contains("action=\"./routes/support-chat/restore\"")
                .contains("name=\"undo\" value=\"r-42\"")
                .doesNotContain("/rollback\"");
    }

    @Test
    @DisplayName("asks for a name only where none is known")
    void asksForAName() {
        assertThat(PAGES.get("rollout-paused")).contains("name=\"name\"");
        assertThat(PAGES.get("rollout-gate")).doesNotContain("name=\"name\"");
    }

    @Test
    @DisplayName("listens while it may change and is silent afterwards")
    void listens() {
        assertThat(PAGES.get("rollout-gate")).contains("sse-connect=\"./rollouts/r-42/stream\"");
        assertThat(PAGES.get("rollout-back")).doesNotContain("sse-connect");
    }

    @Test
    @DisplayName("gives its live part alone at the same address")
    void liveFragment() {
        var fragment = Pages.printFragment("rollout", "live", Pages.FRAME, RolloutSamples.gate());
        assertThat(fragment.strip())
                .startsWith("<article id=\"live\"")
                .endsWith("</article>")
                .doesNotContain("<html");
        assertThat(Pages.printFragment("rollouts", "live", Pages.FRAME, ListSamples.busy()).strip())
                .startsWith("<article id=\"live\"");
        assertThat(Pages.printFragment("route", "live", Pages.FRAME, RouteSamples.busy()).strip())
                .startsWith("<article id=\"live\"")
                .endsWith("</article>");
        assertThat(Pages.printFragment("routes", "live", Pages.FRAME, RouteSamples.list()).strip())
                .startsWith("<article id=\"live\"");
        assertThat(
                        Pages.printFragment(
                                        "plan", "verdict", Pages.FRAME, OtherSamples.planReady())
                                .strip())
                .startsWith("<section id=\"verdict\"");
    }

    @Test
    @DisplayName("without data shows what brings some")
    void emptyPagesHelp() {
        assertThat(PAGES.get("list-empty")).contains("./serin apply plan.yaml");
        assertThat(PAGES.get("compare-none"))
                .contains("name=\"run\"")
                .contains("No run has the id");
    }

    @Test
    @DisplayName("of a route shows its budgets, what burns them, and each picture's numbers")
    void routes() {
        assertThat(PAGES.get("route-busy"))
                .contains("<title>Gate open: search-answers · Serin</title>")
                .containsSubsequence(
                        "gpt-4 serves search-answers",
                        "Roll back to gpt-4",
                        "class=\"picture timeline\"",
                        "62 % left: 12 bad of 634 calls",
                        "gone in 12 d at this pace",
                        "too little traffic",
                        "class=\"picture course budget-course\"",
                        "class=\"figure\">Left",
                        "candidate $0.030 of 40 calls")
                .contains("action=\"./routes/search-answers/restore\"")
                .contains("name=\"undo\" value=\"r-1\"");
        assertThat(PAGES.get("route-quiet"))
                .contains("No rollout has been made on this route.")
                .contains("told its cost")
                .doesNotContain("formaction")
                .doesNotContain("/restore");
        assertThat(PAGES.get("route-silent"))
                .contains("too short for a rule")
                .contains("No call has told of it");
        assertThat(PAGES.get("routes"))
                .contains("Gate open at 50 %")
                .contains("nothing left: 80 bad of 1,140 calls")
                .contains("&lt;b&gt;bold name");
        assertThat(PAGES.get("routes-none")).contains("./serin apply plan.yaml");
    }

    @Test
    @DisplayName("offers to play the demo's scenarios")
    void demo() {
        assertThat(PAGES.get("demo-unplayed"))
                .contains("action=\"./demo/play\"")
                .contains("Play both");
        assertThat(PAGES.get("demo-playing"))
                .doesNotContain("Play both")
                .contains("action=\"./demo/play/B\"")
                .contains("Play again");
    }

    @Test
    @DisplayName("puts the root before every address")
    void keepsTheRoot() {
        var html =
                Pages.print(
                        "rollout",
                        new Frame("/serin", "1", null, false, false, false, false),
                        RolloutSamples.gate());
        var addresses =
                Pattern.compile(
                                "\\s(?:href|src|action|formaction|hx-get|sse-connect|data-icon)=\"([^\"]*)\"")
                        .matcher(html)
                        .results()
                        .map(found -> found.group(1));
        assertThat(addresses)
                .allMatch(address ->
                        address.startsWith("/serin/")
                                || address.startsWith("#")
                                || address.startsWith("https://traces.example/"));
    }

    @Test
    @DisplayName("names the line and the mend of what is wrong with a plan")
    void planProblems() {
        assertThat(PAGES.get("new-problems"))
                .contains("line 5")
                .contains("steps[1].share")
                .contains("Use 100% or less.")
                .doesNotContain("formaction=\"./new\"");
        assertThat(PAGES.get("new-ready"))
                .contains("formaction=\"./new\"")
                .contains("Start: 5 % of support-chat");
    }

    @Test
    @DisplayName(
            "shows a lab run's progress, how to stop it, and without scripts comes again by itself")
    void labPlays() {
        assertThat(PAGES.get("lab-playing"))
                .contains("<progress max=\"8000\" value=\"3200\"")
                .contains("action=\"./lab/7f3a/stop\"")
                .contains("hx-trigger=\"every 1s, refresh\"")
                .contains("<noscript><meta http-equiv=\"refresh\"");
        assertThat(PAGES.get("lab-done"))
                .doesNotContain("every 1s")
                .doesNotContain("http-equiv=\"refresh\"")
                .contains("class=\"picture operating\"")
                .contains("11 minutes");
    }

    @Test
    @DisplayName("tells what is wrong with a field of the form beside it, and goes on there")
    void formErrors() {
        assertThat(PAGES.get("new-form-errors"))
                .contains(
                        "aria-describedby=\"f-step-1-share-error\" aria-invalid=\"true\" autofocus")
                .contains("id=\"f-step-1-share-error\"")
                .containsOnlyOnce("autofocus");
    }

    @Test
    @DisplayName("posts the form, the editor and the name together, whatever is pressed")
    void isOneForm() {
        assertThat(PAGES.get("new-ready"))
                .containsSubsequence(
                        "<form id=\"plan-form\"",
                        "name=\"candidate\"",
                        "name=\"stepName\"",
                        "formaction=\"./new/write\"",
                        "<textarea id=\"plan\"",
                        "formaction=\"./new/fill\"",
                        "formaction=\"./new\"",
                        "formaction=\"./lab\"",
                        "</form>");
    }

    @Test
    @DisplayName("shows the example once")
    void exampleOnce() {
        assertThat(PAGES.get("new-empty")).containsOnlyOnce("5% canary, share");
    }

    @Test
    @DisplayName("links to a trace only by http")
    void tracesAreLinks() {
        var when = PartSamples.ago(1);
        assertThat(new BadCall("c", "candidate", when, "timeout", "javascript:alert(1)").trace())
                .isNull();
        assertThat(new BadCall("c", "candidate", when, "timeout", "https://t.example/1").trace())
                .isEqualTo("https://t.example/1");
    }

    private static void page(String name, String template, Frame frame, Object view) {
        PAGES.put(name, Pages.print(template, frame, view));
    }

    private static void plan(String name, NewPlanView view, PlanFormView form) {
        PAGES.put(name, Pages.printPlan(Pages.FRAME, view, form));
    }

    private static void save() throws IOException {
        Files.createDirectories(OUT);
        for (var page : PAGES.entrySet()) {
            Files.writeString(OUT.resolve(page.getKey() + ".html"), page.getValue());
        }
        copy(Path.of("src", "main", "resources", "META-INF", "resources"));
    }

    private static void copy(Path from) throws IOException {
        try (var files = Files.walk(from)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> copy(file, OUT.resolve(from.relativize(file).toString())));
        }
    }

    private static void copy(Path file, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.write(to, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
