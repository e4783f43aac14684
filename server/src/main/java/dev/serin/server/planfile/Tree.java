package dev.serin.server.planfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Builds the values of one document out of the parser's events.
final class Tree {

    private static final int DEEPEST = 20;
    private static final int MOST_VALUES = 100_000;
    private static final int MOST_WITH_ALIASES = 10_000;

    private static final Pattern NOTHING = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern FLAG = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern NUMBER =
            Pattern.compile(
                    "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"
                            + "|0o[0-7]+|0x[0-9a-fA-F]+"
                            + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setCodePointLimit(PlanReader.MOST_BYTES + 1).build();

    private final Iterator<Event> events;
    private final Refusals refusals;
    private final Map<Anchor, Value> anchors = new HashMap<>();
    private final Map<Anchor, Integer> sizes = new HashMap<>();
    private int values;
    private boolean aliased;

    private Tree(Iterator<Event> events, Refusals refusals) {
        this.events = events;
        this.refusals = refusals;
    }

    /// The only document in `text`; null if there is none, or none that can be read.
    static @Nullable Value of(String text, Refusals refusals) {
        try {
            var events = new Parse(SETTINGS).parseString(text).iterator();
            return new Tree(events, refusals).document();
        } catch (Unreadable e) {
            refusals.add(e.place, refusals.document(), e.value, e.message);
        } catch (MarkedYamlEngineException e) {
            var mark = e.getProblemMark().or(e::getContextMark);
            refusals.add(
                    Tree.place(mark.orElse(null)),
                    refusals.document(),
                    "",
                    mend(Refusals.plain(e.getProblem())));
        } catch (YamlEngineException e) {
            refusals.add(Place.START, refusals.document(), "", "this is neither YAML nor JSON");
        }
        return null;
    }

    private @Nullable Value document() {
        var first = skipTo(Event.ID.DocumentStart);
        if (first == null) {
            refusals.add(
                    Place.START,
                    refusals.document(),
                    "",
                    "the document is empty; begin with %s:".formatted(refusals.first()));
            return null;
        }
        var root = value(events.next(), 0);
        var second = skipTo(Event.ID.DocumentStart);
        if (second != null) {
            refusals.add(
                    place(second),
                    refusals.document(),
                    "---",
                    "a second document begins here; put each %s into a file of its own"
                            .formatted(refusals.document()));
            return null;
        }
        return root;
    }

    private @Nullable Event skipTo(Event.ID wanted) {
        while (events.hasNext()) {
            var event = events.next();
            if (event.getEventId() == wanted) {
                return event;
            }
        }
        return null;
    }

    private Value value(Event event, int depth) {
        var at = place(event);
        count(at, 1);
        if (depth > DEEPEST) {
            throw new Unreadable(
                    at,
                    "",
                    "a %s nests %d deep at most; take out brackets"
                            .formatted(refusals.document(), DEEPEST));
        }
        if (event instanceof AliasEvent alias) {
            return aliased(alias, at);
        }
        refuseTag(event, at);
        int before = values;
        var value =
                switch (event) {
                    case ScalarEvent scalar -> scalar(scalar, at);
                    case SequenceStartEvent _ -> new Value.Items(at, items(depth));
                    case MappingStartEvent _ -> new Value.Fields(at, fields(depth));
                    default -> new Value.Nothing(at);
                };
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            anchors.put(node.getAnchor().get(), value);
            sizes.put(node.getAnchor().get(), values - before);
        }
        return value;
    }

    private Value aliased(AliasEvent alias, Place at) {
        var value = anchors.get(alias.getAlias());
        if (value == null) {
            throw new Unreadable(
                    at,
                    "*" + alias.getAlias(),
                    "*%1$s stands for nothing that is complete before it; write the value itself"
                            .formatted(alias.getAlias()));
        }
        aliased = true;
        count(at, sizes.getOrDefault(alias.getAlias(), 0));
        return value;
    }

    private void count(Place at, int more) {
        values = Math.addExact(values, more);
        if (values > (aliased ? MOST_WITH_ALIASES : MOST_VALUES)) {
            throw new Unreadable(
                    at,
                    "",
                    aliased
                            ? "its aliases make the %s too large; write the values themselves"
                                    .formatted(refusals.document())
                            : "a %s has at most %,d values"
                                    .formatted(refusals.document(), MOST_VALUES));
        }
    }

    private static void refuseTag(Event event, Place at) {
        var tag =
                switch (event) {
                    case ScalarEvent scalar -> scalar.getTag();
                    case SequenceStartEvent items -> items.getTag();
                    case MappingStartEvent fields -> fields.getTag();
                    default -> java.util.Optional.<String>empty();
                };
        if (tag.isPresent()) {
            throw new Unreadable(
                    at, tag.get(), "tags such as !!str are not read; write the value alone");
        }
    }

    private static Value scalar(ScalarEvent scalar, Place at) {
        var text = scalar.getValue();
        if (!scalar.isPlain()) {
            return new Value.Text(at, text);
        }
        if (NOTHING.matcher(text).matches()) {
            return new Value.Nothing(at);
        }
        if (FLAG.matcher(text).matches()) {
            return new Value.Flag(at, Boolean.parseBoolean(text));
        }
        return NUMBER.matcher(text).matches()
                ? new Value.Numeric(at, text)
                : new Value.Text(at, text);
    }

    private List<Value> items(int depth) {
        var items = new ArrayList<Value>();
        for (var next = events.next();
                next.getEventId() != Event.ID.SequenceEnd;
                next = events.next()) {
            items.add(value(next, depth + 1));
        }
        return items;
    }

    private List<Value.Field> fields(int depth) {
        var fields = new HashMap<String, Value.Field>();
        var inOrder = new ArrayList<Value.Field>();
        for (var next = events.next();
                next.getEventId() != Event.ID.MappingEnd;
                next = events.next()) {
            var key = value(next, depth + 1);
            var name = name(key);
            var field = new Value.Field(key.place(), name, value(events.next(), depth + 1));
            var earlier = fields.putIfAbsent(name, field);
            if (earlier == null) {
                inOrder.add(field);
            } else {
                refusals.add(
                        key.place(),
                        Refusals.quoted(name),
                        name,
                        "%s stands already in line %d; keep one of them"
                                .formatted(Refusals.quoted(name), earlier.place().line()));
            }
        }
        return inOrder;
    }

    private static String name(Value key) {
        return switch (key) {
            case Value.Text(_, String text) -> text;
            case Value.Numeric(_, String text) -> text;
            case Value.Flag flag -> flag.shown();
            case Value.Nothing _ -> "null";
            case Value.Items _, Value.Fields _ ->
                    throw new Unreadable(
                            key.place(), key.shown(), "the name of a field is text; write name: …");
        };
    }

    private static Place place(Event event) {
        return place(event.getStartMark().orElse(null));
    }

    private static Place place(@Nullable Mark mark) {
        return mark == null ? Place.START : new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static String mend(String problem) {
        if (problem.contains("\\t(TAB)")) {
            return "a tab cannot indent; use spaces";
        }
        if (problem.contains("cannot start any token")) {
            return problem.replaceFirst("\\..*", "") + "; put the value in quotes";
        }
        if (problem.startsWith("mapping values are not allowed")) {
            return "a second colon in one line; put text that has a colon in quotes";
        }
        if (problem.contains("<stream end>") || problem.contains("end of stream")) {
            return "the document ends in the middle; close the bracket or the quote";
        }
        return "this is neither YAML nor JSON: " + problem + "; mind brackets and indentation";
    }

    /// Ends the reading of a document that cannot be read on.
    private static final class Unreadable extends RuntimeException {

        private final Place place;
        private final String value;
        private final String message;

        Unreadable(Place place, String value, String message) {
            super(message);
            this.place = place;
            this.value = value;
            this.message = message;
        }
    }
}
