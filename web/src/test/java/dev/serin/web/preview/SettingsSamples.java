package dev.serin.web.preview;

import dev.serin.web.access.AccessView;
import dev.serin.web.settings.FreezesView;
import dev.serin.web.settings.Link;
import dev.serin.web.settings.MeView;
import dev.serin.web.settings.PeopleView;
import dev.serin.web.settings.PersonView;
import dev.serin.web.settings.RolesForm;
import dev.serin.web.settings.RolesForm.Box;
import dev.serin.web.settings.RolesForm.Team;
import dev.serin.web.settings.SessionLine;
import dev.serin.web.words.Tone;
import java.util.List;
import java.util.stream.Stream;

/// Accounts of people.
final class SettingsSamples {

    private static final List<SessionLine> SESSIONS =
            List.of(
                    new SessionLine(
                            "1",
                            "10.2.0.14",
                            "Firefox on Linux",
                            PartSamples.ago(3_000),
                            PartSamples.ago(1),
                            true),
                    new SessionLine(
                            "2",
                            "2001:db8:85a3:8d3:1319:8a2e:370:7348",
                            "Safari on an iPhone",
                            PartSamples.ago(9_000),
                            null,
                            false));

    private SettingsSamples() {}

    static PeopleView people() {
        return new PeopleView(
                "3 people have accounts",
                List.of(
                        line("Mira Okafor", "admin in every team", Tone.MET, "may sign in", true),
                        line(
                                "ada.lovelace@a-rather-long-name.example",
                                "operator and approver in everybody, viewer in search",
                                Tone.QUIET,
                                "shut out",
                                false),
                        line("ola", "approver in everybody", Tone.WAITING, "invited", false)),
                "<b>",
                "A name has letters, digits, spaces and . _ @ + ' - only.",
                roles(null),
                null,
                null);
    }

    static PeopleView alone() {
        return new PeopleView(
                "One person has an account",
                List.of(line("Mira Okafor", "admin in every team", Tone.MET, "may sign in", true)),
                "",
                null,
                roles(null),
                link(),
                null);
    }

    static FreezesView freezes() {
        return new FreezesView(
                "One freeze holds",
                List.of(
                        new FreezesView.Line(
                                "1",
                                "every team",
                                Tone.PAUSED,
                                "holds",
                                PartSamples.ago(3_000),
                                PartSamples.ago(-200_000),
                                "noor",
                                "release week, and everybody is in the mountains where no network is",
                                true),
                        new FreezesView.Line(
                                "2",
                                "search",
                                Tone.QUIET,
                                "comes",
                                PartSamples.ago(-300_000),
                                PartSamples.ago(-400_000),
                                "Mira (said)",
                                "<b>",
                                false)),
                List.of(new FreezesView.Team("*", "every team")),
                "a team",
                "",
                "2026-11-30T09:00",
                "<b>",
                "team",
                "a team has 1 to 40 of a-z, 0-9 and '-', like search");
    }

    static FreezesView noFreezes() {
        return new FreezesView(
                "Nothing is frozen",
                List.of(),
                List.of(new FreezesView.Team("search", "the team search")),
                "search",
                "",
                "",
                "",
                null,
                "no freeze of this id holds or will; it may have ended already");
    }

    static PersonView person() {
        return new PersonView(
                "ola",
                "ola",
                "is approver in everybody",
                Tone.MET,
                "may sign in",
                "This is the last admin of every team; make another one first.",
                true,
                link(),
                null,
                false,
                false,
                "14 min",
                roles("Choose one role or more."),
                SESSIONS);
    }

    static MeView me() {
        return new MeView(
                "Mira Okafor",
                "admin in every team",
                false,
                null,
                null,
                "This is not the password that you have.",
                "The password has 3 characters; use 12 or more.",
                SESSIONS);
    }

    static MeView open() {
        return new MeView("", "", true, null, null, null, null, List.of());
    }

    static AccessView invitation() {
        return new AccessView("/", "ola", "The two passwords differ. Type them again.", "t0k3n");
    }

    private static Link link() {
        return new Link(
                "ola",
                "https://serin.example/login/invitation?token=s0me-l0ng-t0ken-0f-43-letters-and-digits",
                PartSamples.ago(-4_320));
    }

    private static PeopleView.Line line(
            String name, String roles, Tone tone, String state, boolean you) {
        return new PeopleView.Line(
                name,
                name.replace(" ", "%20"),
                roles,
                tone,
                state,
                tone == Tone.WAITING ? PartSamples.ago(-2_000) : null,
                tone == Tone.MET ? PartSamples.ago(12) : null,
                you);
    }

    private static RolesForm roles(String error) {
        return new RolesForm(
                List.of(
                        team("everybody", "what names no team"),
                        team("search", ""),
                        team("every team", "those that come later, too")),
                "",
                "viewer",
                List.of("viewer", "operator", "approver", "admin"),
                error);
    }

    private static Team team(String name, String says) {
        return new Team(
                name,
                says,
                Stream.of("viewer", "operator", "approver", "admin")
                        .map(role -> new Box(role + " " + name, role, role.equals("approver")))
                        .toList());
    }
}
