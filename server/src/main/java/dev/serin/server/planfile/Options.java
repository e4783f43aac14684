package dev.serin.server.planfile;

import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.server.outward.BadAddress;
import dev.serin.server.outward.Destination;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what a plan may leave out.
final class Options {

    static final Map<String, Plan.Key> KEYS =
            Map.of(
                    "user", Plan.Key.USER,
                    "conversation", Plan.Key.CONVERSATION,
                    "tenant", Plan.Key.TENANT,
                    "request", Plan.Key.REQUEST);

    private static final long MOST_CALLS = 1_000_000_000;
    private static final double MOST_USD = 1e9;
    private static final int MOST_APPROVALS = 20;
    private static final int MOST_ADDRESSES = 20;
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s/?#]+\\S*");

    private final Section plan;
    private final Scalars scalars;
    private final Refusals refusals;

    Options(Section plan, Scalars scalars, Refusals refusals) {
        this.plan = plan;
        this.scalars = scalars;
        this.refusals = refusals;
    }

    Plan.@Nullable Rules rules() {
        var usual = Plan.Rules.DEFAULT;
        var confidence = group("confidence", Shape.CONFIDENCE);
        var rollback = confidence(confidence, "rollback", usual.rollback());
        var promote = confidence(confidence, "promote", usual.promote());
        var marginValue = plan.get("margin");
        var margin =
                marginValue == null
                        ? (Double) usual.margin()
                        : scalars.partOrAll(marginValue, "margin", "a margin");
        var minCalls = calls("minCalls", plan, usual.minCalls());
        var patience = plan.get("patience");
        @Nullable Duration time = usual.patience();
        @Nullable Long calls = usual.patienceCalls();
        if (patience instanceof Value.Fields) {
            var section = Section.open(patience, Shape.PATIENCE, "patience", refusals);
            var timeValue = section == null ? null : section.get("time");
            time =
                    section == null || timeValue == null
                            ? time
                            : scalars.someTime(timeValue, section.path("time"));
            calls = section == null ? calls : calls("calls", section, usual.patienceCalls());
        } else if (patience != null) {
            time = scalars.someTime(patience, "patience");
        }
        return rollback == null
                        || promote == null
                        || margin == null
                        || minCalls == null
                        || time == null
                        || calls == null
                ? null
                : new Plan.Rules(rollback, promote, margin, minCalls, time, calls);
    }

    private @Nullable Double confidence(@Nullable Section section, String field, double usual) {
        var value = section == null ? null : section.get(field);
        return section == null || value == null
                ? (Double) usual
                : scalars.part(value, section.path(field), "confidence");
    }

    private @Nullable Long calls(String field, Section section, long usual) {
        var value = section.get(field);
        return value == null
                ? (Long) usual
                : scalars.whole(value, section.path(field), field, MOST_CALLS);
    }

    @Nullable Double errorBudget() {
        var value = plan.get("errorBudget");
        if (value == null) {
            return null;
        }
        var budget = scalars.partOrAll(value, plan.path("errorBudget"), "an error budget");
        return budget == null || budget > 0
                ? budget
                : scalars.refuse(
                        value, plan.path("errorBudget"), "an error budget is above 0%; write 5%");
    }

    Plan.@Nullable Exposure exposure() {
        var section = group("exposure", Shape.EXPOSURE);
        if (section == null) {
            return null;
        }
        var bad = section.get("badCalls");
        var usd = section.get("usd");
        if (bad == null && usd == null) {
            refusals.add(
                    section.place(),
                    "exposure",
                    "",
                    "no cap stands here; write badCalls: 50 or usd: 20");
            return null;
        }
        var badCalls =
                bad == null
                        ? null
                        : scalars.whole(bad, section.path("badCalls"), "badCalls", MOST_CALLS);
        var dollars =
                usd == null ? null : scalars.positive(usd, section.path("usd"), "usd", MOST_USD);
        return new Plan.Exposure(badCalls, dollars);
    }

    Plan.Key key() {
        var value = plan.get("key");
        var key = value == null ? null : scalars.word(value, "key", KEYS);
        return key == null ? Plan.Key.USER : key;
    }

    ApprovalRules approvals() {
        var section = group("approvals", Shape.APPROVALS);
        if (section == null) {
            return new ApprovalRules(Plan.Approvals.ONE, null);
        }
        var countValue = section.get("count");
        var count =
                countValue == null
                        ? null
                        : scalars.whole(countValue, section.path("count"), "count", MOST_APPROVALS);
        var notBy = section.get("notBy");
        boolean notByStarter =
                notBy != null
                        && Boolean.TRUE.equals(
                                scalars.word(
                                        notBy, section.path("notBy"), Map.of("starter", true)));
        var withinValue = section.get("within");
        var within =
                withinValue == null ? null : scalars.someTime(withinValue, section.path("within"));
        return new ApprovalRules(
                new Plan.Approvals(count == null ? 1 : count.intValue(), notByStarter), within);
    }

    Plan.@Nullable Labels labels() {
        var section = group("labels", Shape.LABELS);
        if (section == null) {
            return null;
        }
        var shareValue = section.need("share", "write share: 20%");
        var deadlineValue = section.need("deadline", "write deadline: 2h");
        var share = shareValue == null ? null : scalars.share(shareValue, section.path("share"));
        var deadline =
                deadlineValue == null
                        ? null
                        : scalars.someTime(deadlineValue, section.path("deadline"));
        if (shareValue != null && share != null && share.equals(Share.NONE)) {
            return scalars.refuse(
                    shareValue, section.path("share"), "no call would be labelled; write 20%");
        }
        return share == null || deadline == null ? null : new Plan.Labels(share, deadline);
    }

    @Nullable String traceLink() {
        var section = group("links", Shape.LINKS);
        var value = section == null ? null : section.get("trace");
        var link =
                section == null || value == null
                        ? null
                        : scalars.note(value, section.path("trace"));
        if (value == null || link == null) {
            return null;
        }
        return ADDRESS.matcher(link).matches() && link.contains("{traceId}")
                ? link
                : scalars.refuse(
                        value,
                        "links.trace",
                        "a trace link is an address with {traceId} in it; write"
                                + " https://traces.example.com/{traceId}");
    }

    List<String> addresses() {
        var value = plan.get("notify");
        if (value == null) {
            return List.of();
        }
        var items = value instanceof Value.Items(_, List<Value> list) ? list : List.of(value);
        if (items.size() > MOST_ADDRESSES) {
            refusals.add(
                    value,
                    "notify",
                    "a plan notifies at most %d addresses, got %d; take some out"
                            .formatted(MOST_ADDRESSES, items.size()));
            return List.of();
        }
        var addresses = new ArrayList<String>();
        for (var item : items) {
            var text = scalars.note(item, "notify");
            if (text != null) {
                try {
                    addresses.add(Destination.parse(text).text());
                } catch (BadAddress e) {
                    scalars.refuse(item, "notify", String.valueOf(e.getMessage()));
                }
            }
        }
        return addresses;
    }

    private @Nullable Section group(String field, Shape shape) {
        var value = plan.get(field);
        return value == null ? null : Section.open(value, shape, plan.path(field), refusals);
    }
}
