package dev.serin.server.access;

import dev.serin.web.access.AccessView;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The three whom one may play in the demo, to see what each role has and has not. Nothing is proven by
/// it: the journal marks them as it marks every name that was only said.
final class Parts {

    private static final List<Part> ALL =
            List.of(
                    new Part("Vera Viewer", Role.VIEWER, "looks at everything, changes nothing"),
                    new Part("Otto Operator", Role.OPERATOR, "starts, pauses and rolls back"),
                    new Part(
                            "Ana Approver", Role.APPROVER, "decides at gates, moves nothing else"));

    private Parts() {}

    private record Part(String name, Role role, String does) {

        Visitor visitor() {
            return new Visitor(name, false, Set.of(new Grant(Grant.EVERY_TEAM, role)));
        }
    }

    /// Those whom this mode offers.
    static List<AccessView.Part> of(Mode mode) {
        return mode == Mode.DEMO
                ? ALL.stream().map(part -> new AccessView.Part(part.name(), part.does())).toList()
                : List.of();
    }

    /// Whoever says a name where nobody signs in.
    static Visitor said(Mode mode, @Nullable String name) {
        var visitor = Visitor.said(name);
        return mode != Mode.DEMO
                ? visitor
                : ALL.stream()
                        .filter(part -> part.name().equals(visitor.name()))
                        .findFirst()
                        .map(Part::visitor)
                        .orElse(visitor);
    }
}
