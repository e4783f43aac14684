package dev.serin.server.replay;

import dev.serin.engine.judge.Call;
import dev.serin.server.evidence.ErrorTypes;
import dev.serin.server.replay.Fields.Field;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes a call of a row's named values. The names that are known stand in docs/replay.md.
///
/// @param labels names of the labels that are looked for
/// @param scored names of those whose values are scores
/// @param numbered names of the numbers that are looked for
/// @param wanted what a row must hold at least
record CallShape(Set<String> labels, Set<String> scored, Set<String> numbered, Wanted wanted) {

    /// What a row is read for.
    enum Wanted {
        /// A plan's conditions: latency, error, cost, a label or a number.
        VERDICT,
        /// A profile: any of these, or how many tokens went in or out.
        SHAPE
    }

    private static final double MS = 1;
    private static final double SECOND_MS = 1000;

    CallShape {
        labels = Set.copyOf(labels);
        scored = Set.copyOf(scored);
        numbered = Set.copyOf(numbered);
    }

    CallShape(Set<String> labels, Set<String> scored, Set<String> numbered) {
        this(labels, scored, numbered, Wanted.VERDICT);
    }

    RecordedCall read(Fields row) throws UnreadableRow {
        var failure = failure(row);
        var latency =
                amount(
                        row.first("latencyms", "endtoendlatencyms", "durationms", "elapsedms"),
                        row.first("latencys", "latencyseconds", "endtoendlatencys", "durations"));
        var ttft =
                amount(
                        row.first("ttftms", "timetofirsttokenms", "firsttokenms"),
                        row.first("ttfts", "ttftseconds", "timetofirsttokens"));
        var cost = row.first("costusd", "cost", "priceusd");
        var tokens =
                row.first(
                        "tokensout",
                        "outputtokens",
                        "numberoutputtokens",
                        "completiontokens",
                        "generatedtokens",
                        "responsetokens");
        var at = row.first("at", "timestamp", "time", "startedat", "starttime", "start");
        var marks = marks(row);
        var prompt =
                row.first(
                        "tokensin",
                        "inputtokens",
                        "numberinputtokens",
                        "prompttokens",
                        "contexttokens",
                        "requesttokens");
        boolean counted = wanted == Wanted.SHAPE && (tokens != null || prompt != null);
        var scores = scores(row);
        var numbers = numbers(row);
        if (failure == null
                && latency == null
                && ttft == null
                && cost == null
                && marks.isEmpty()
                && scores.isEmpty()
                && numbers.isEmpty()
                && !counted) {
            throw new UnreadableRow("nothing here can be judged: no latency, error, cost or label");
        }
        return new RecordedCall(
                new Call(
                        failure == null ? null : failure.failed(),
                        failure == null ? null : failure.errorClass(),
                        latency,
                        ttft,
                        cost == null ? null : cost.amount(1),
                        tokens == null ? null : Math.round(tokens.amount(1)),
                        marks,
                        scores,
                        numbers,
                        false),
                at == null ? null : momentOf(at),
                prompt == null ? null : Math.round(prompt.amount(1)));
    }

    private static Instant momentOf(Field at) throws UnreadableRow {
        return Moments.of(at);
    }

    private static @Nullable Double amount(@Nullable Field inMs, @Nullable Field inSeconds)
            throws UnreadableRow {
        if (inMs != null) {
            return inMs.amount(MS);
        }
        return inSeconds == null ? null : inSeconds.amount(SECOND_MS);
    }

    private Map<String, Boolean> marks(Fields row) throws UnreadableRow {
        var marks = new HashMap<String, Boolean>();
        for (var label : labels) {
            var field = labelled(row, label);
            if (field != null) {
                marks.put(label, field.isTrue());
            }
        }
        return marks;
    }

    private Map<String, Double> scores(Fields row) throws UnreadableRow {
        var scores = new HashMap<String, Double>();
        for (var label : scored) {
            var field = labelled(row, label);
            if (field != null) {
                scores.put(label, field.score());
            }
        }
        return scores;
    }

    private Map<String, Double> numbers(Fields row) throws UnreadableRow {
        var numbers = new HashMap<String, Double>();
        for (var name : numbered) {
            var key = Fields.key(name);
            var field = row.first(key, "number" + key, "numbers" + key);
            if (field != null) {
                numbers.put(name, field.number());
            }
        }
        return numbers;
    }

    private static @Nullable Field labelled(Fields row, String label) {
        var key = Fields.key(label);
        return row.first(key, "label" + key, "labels" + key);
    }

    /// @param errorClass null where nothing failed or nobody said why
    private record Failure(boolean failed, @Nullable String errorClass) {

        static final Failure NONE = new Failure(false, null);
    }

    /// How logs and providers call a call that went well; `unset` is OpenTelemetry's.
    private static final Set<String> GOOD =
            Set.of(
                    "ok",
                    "success",
                    "successful",
                    "succeeded",
                    "complete",
                    "completed",
                    "done",
                    "finished",
                    "unset");

    /// How they call one that did not, without its blanks and dashes.
    private static final Set<String> BAD =
            Set.of(
                    "error",
                    "errored",
                    "fail",
                    "failed",
                    "failure",
                    "exception",
                    "timeout",
                    "timedout",
                    "expired",
                    "incomplete",
                    "ratelimited",
                    "unavailable",
                    "overloaded");

    private static final Set<String> NOTHING = Set.of("none", "null", "nan", "n/a", "-");

    /// A call has failed if any column says so: the answer to a 200 may break after its head.
    private static @Nullable Failure failure(Fields row) throws UnreadableRow {
        var named = told(row.first("errorclass", "errortype"));
        var code = told(row.first("errorcode"));
        if (code != null && !isFine(code)) {
            var number = code.value().replaceFirst("\\.0$", "");
            refuseCallers("error_code", number);
            var message = text(row.first("errormsg", "errormessage"));
            return new Failure(true, ErrorClass.of(number, message));
        }
        var status = row.first("status", "statuscode", "httpstatus");
        if (status != null && !isGood(status)) {
            return failed(status, named);
        }
        var success = row.first("success", "ok", "succeeded");
        if (success != null && !success.isTrue()) {
            return named == null ? new Failure(true, null) : named(named);
        }
        var error = told(row.first("error", "failed", "iserror"));
        var said = error == null ? Failure.NONE : error(error, named);
        if (said.failed()) {
            return said;
        }
        if (named != null) {
            return named(named);
        }
        boolean isSaid = status != null || success != null || error != null;
        return isSaid || row.knows("errorcode", "errorclass", "errortype", "error", "failed")
                ? Failure.NONE // null or empty where nothing failed
                : null;
    }

    /// What was not written by a language as its word for nothing.
    private static @Nullable Field told(@Nullable Field field) {
        return field == null || NOTHING.contains(field.value().toLowerCase(Locale.ROOT))
                ? null
                : field;
    }

    private static boolean isFine(Field code) {
        return code.value().matches("0(\\.0)?|[123]\\d\\d(\\.0)?");
    }

    private static boolean isGood(Field status) {
        var text = status.value().toLowerCase(Locale.ROOT);
        return GOOD.contains(text) || text.matches("[0-3]\\d\\d(\\.0| .*)?");
    }

    private static Failure failed(Field status, @Nullable Field named) throws UnreadableRow {
        if (!status.value().matches("\\d{3}(\\.0| .*)?")) {
            if (named == null && !BAD.contains(Fields.key(status.value()))) {
                throw new UnreadableRow(
                        "%s is a code, or a word such as ok or failed, got %s"
                                .formatted(status.name(), status.shown()));
            }
            return named == null
                    ? new Failure(true, ErrorTypes.classOf(status.shown()))
                    : named(named);
        }
        var number = status.value().substring(0, 3);
        refuseCallers("status", number);
        return named == null ? new Failure(true, ErrorClass.of(number, null)) : named(named);
    }

    /// A failure by the name of its class, which is a service's own or that of a library.
    private static Failure named(Field named) throws UnreadableRow {
        if (ErrorTypes.saysNothing(named.value())) {
            throw new UnreadableRow(
                    "%s %s says nothing about a model and counts for none"
                            .formatted(named.name(), named.shown()));
        }
        return new Failure(true, ErrorTypes.classOf(named.value()));
    }

    private static void refuseCallers(String column, String code) throws UnreadableRow {
        if (code.matches("\\d{3}") && ErrorClass.isCallersFault(Integer.parseInt(code))) {
            throw new UnreadableRow(
                    "%s %s is the caller's fault and counts for no model".formatted(column, code));
        }
    }

    /// `error` is a yes or no in some files, and the error's own text in others.
    private static Failure error(Field error, @Nullable Field named) throws UnreadableRow {
        @Nullable String said;
        try {
            if (!error.isTrue()) {
                return Failure.NONE;
            }
            said = null;
        } catch (UnreadableRow notABoolean) {
            if (error.value().matches("[-+.\\d].*")) {
                throw notABoolean;
            }
            said = ErrorTypes.classOf(error.shown());
        }
        return named == null ? new Failure(true, said) : named(named);
    }

    private static @Nullable String text(@Nullable Field field) {
        return field == null ? null : field.value();
    }
}
