package dev.serin.server.planfile;

import dev.serin.engine.plan.Forced;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads who gets an arm whatever the split says.
final class Callers {

    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

    /// Their values have no place in a plan, which is stored and shown.
    private static final Set<String> SECRET =
            Set.of("authorization", "proxy-authorization", "cookie", "x-api-key", "api-key");

    private final Section plan;
    private final Scalars scalars;
    private final Refusals refusals;

    Callers(Section plan, Scalars scalars, Refusals refusals) {
        this.plan = plan;
        this.scalars = scalars;
        this.refusals = refusals;
    }

    /// Null if the plan names nobody, or if it was refused.
    @Nullable Forced read() {
        var always = callers("always");
        var never = callers("never");
        return always.isEmpty() && never.isEmpty() ? null : new Forced(always, never);
    }

    private List<Forced.Who> callers(String field) {
        var value = plan.get(field);
        if (value == null) {
            return List.of();
        }
        var path = plan.path(field);
        if (!(value instanceof Value.Items(_, List<Value> items))) {
            var who = who(value, path);
            return who == null ? List.of() : List.of(who);
        }
        if (items.size() > Forced.MOST) {
            refusals.add(
                    value,
                    path,
                    "at most %d stand here, got %d; put keys into one list"
                            .formatted(Forced.MOST, items.size()));
            return List.of();
        }
        var callers = new ArrayList<Forced.Who>();
        for (int i = 0; i < items.size(); i++) {
            var who = who(items.get(i), "%s[%d]".formatted(path, i));
            if (who != null) {
                callers.add(who);
            }
        }
        return callers;
    }

    private Forced.@Nullable Who who(Value value, String path) {
        var section = Section.open(value, Shape.CALLERS, path, refusals);
        if (section == null) {
            return null;
        }
        var header = section.get("header");
        var keys = section.get("key");
        if ((header == null) == (keys == null)) {
            return scalars.refuse(
                    value,
                    path,
                    header == null
                            ? "nobody is named; write header: X-Staff or key: acme"
                            : "a caller is known by a header or by a key; write two entries");
        }
        var is = section.get("is");
        if (keys != null) {
            if (is != null) {
                return scalars.refuse(
                        is, section.path("is"), "a key has no values; write key: [acme, globex]");
            }
            var named = names(keys, section.path("key"));
            return named.isEmpty() ? null : new Forced.Keys(named);
        }
        return header == null ? null : header(section, header, is);
    }

    private Forced.@Nullable Who header(Section section, Value header, @Nullable Value is) {
        var name = scalars.name(header, section.path("header"));
        if (name == null) {
            return null;
        }
        if (!HEADER.matcher(name).matches()) {
            return scalars.refuse(
                    header,
                    section.path("header"),
                    "a header's name is made of letters, digits and '-'; write X-Staff");
        }
        if (SECRET.contains(name.toLowerCase(Locale.ROOT))) {
            return scalars.refuse(
                    header,
                    section.path("header"),
                    "what this header holds is secret, and a plan is not; use a header of your own");
        }
        if (is == null) {
            return new Forced.Header(name, List.of());
        }
        var values = names(is, section.path("is"));
        return values.isEmpty() ? null : new Forced.Header(name, values);
    }

    /// One name or several; empty if they were refused.
    private List<String> names(Value value, String path) {
        var items = value instanceof Value.Items(_, List<Value> list) ? list : List.of(value);
        if (items.isEmpty() || items.size() > Forced.MOST_NAMES) {
            refusals.add(
                    value,
                    path,
                    "1 to %d names stand here, got %d".formatted(Forced.MOST_NAMES, items.size()));
            return List.of();
        }
        var names = new ArrayList<String>();
        for (var item : items) {
            var name = scalars.name(item, path);
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }
}
