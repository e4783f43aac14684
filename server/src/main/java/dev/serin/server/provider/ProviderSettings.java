package dev.serin.server.provider;

import dev.serin.server.problem.WrongUse;
import io.quarkus.runtime.configuration.DurationConverter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads providers from settings: `SERIN_PROVIDERS_<NAME>_BASE_URL` and its like.
final class ProviderSettings {

    private static final Pattern NO_WORD = Pattern.compile("[^a-z0-9]");

    private static final String OWN = "serin";
    private static final String PREFIX = OWN + "_providers_";

    private static final URI OPENAI = URI.create("https://api.openai.com/v1");
    private static final URI ANTHROPIC = URI.create("https://api.anthropic.com/v1");

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration LONGEST_CONNECT = Duration.ofMinutes(1);

    /// What may be set of a provider.
    private enum Setting {
        BASE_URL,
        API_KEY_FILE,
        API_KEY,
        KIND,
        CONNECT_TIMEOUT,
        FIRST_BYTE_TIMEOUT,
        STALL_TIMEOUT,
        STREAM_USAGE;

        private static final Pattern NAME =
                Pattern.compile(
                        "(.+)_("
                                + Stream.of(values())
                                        .map(setting -> setting.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining("|"))
                                + ")");

        String of(String provider) {
            return (PREFIX + provider + "_" + this).toUpperCase(Locale.ROOT);
        }
    }

    private final String name;
    private final Map<Setting, String> values;

    private ProviderSettings(String name, Map<Setting, String> values) {
        this.name = name;
        this.values = values;
    }

    /// The providers by name.
    ///
    /// @param names of all settings there are, those of others among them
    /// @param value of the setting with a name; null if it has none
    /// @throws WrongUse if one is wrong, with its name and how to mend it
    static Map<String, Provider> read(
            Iterable<String> names, Function<String, @Nullable String> value) {
        var found = new TreeMap<String, Map<Setting, String>>();
        for (var each : names) {
            if (!each.regionMatches(true, 0, OWN, 0, OWN.length())) {
                continue;
            }
            var small = word(each);
            if (!small.startsWith(PREFIX)) {
                continue;
            }
            var matcher = Setting.NAME.matcher(small.substring(PREFIX.length()));
            if (!matcher.matches()) {
                throw new WrongUse(
                        "%s is no setting of a provider; write SERIN_PROVIDERS_<NAME>_ and one of %s"
                                .formatted(
                                        small.toUpperCase(Locale.ROOT),
                                        Stream.of(Setting.values())
                                                .map(Setting::name)
                                                .collect(Collectors.joining(", "))));
            }
            var text = value.apply(each);
            if (text != null && !text.isBlank()) {
                found.computeIfAbsent(matcher.group(1), _ -> new EnumMap<>(Setting.class))
                        .put(
                                Setting.valueOf(matcher.group(2).toUpperCase(Locale.ROOT)),
                                text.strip());
            }
        }
        var providers = new TreeMap<String, Provider>();
        found.forEach((name, values) ->
                providers.put(name, new ProviderSettings(name, values).provider()));
        return Map.copyOf(providers);
    }

    /// A name in small letters, with `_` for every sign that no setting's name can hold.
    static String word(String name) {
        return isWord(name) ? name : NO_WORD.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("_");
    }

    private static boolean isWord(String name) {
        for (int i = 0; i < name.length(); i++) {
            char sign = name.charAt(i);
            if ((sign < 'a' || sign > 'z') && (sign < '0' || sign > '9') && sign != '_') {
                return false;
            }
        }
        return true;
    }

    private Provider provider() {
        var kind = kind();
        return new Provider(
                name,
                kind,
                base(kind),
                key(),
                new Provider.Patience(
                        time(Setting.CONNECT_TIMEOUT, Duration.ofSeconds(5), LONGEST_CONNECT),
                        time(Setting.FIRST_BYTE_TIMEOUT, Duration.ofSeconds(60), LONGEST),
                        time(Setting.STALL_TIMEOUT, Duration.ofSeconds(30), LONGEST)),
                flag(Setting.STREAM_USAGE));
    }

    /// A provider that is called as its API is speaks it, unless it is said otherwise.
    private Kind kind() {
        var usual = name.equals("anthropic") ? "anthropic" : "openai";
        var text = values.getOrDefault(Setting.KIND, usual);
        return switch (text) {
            case "openai" -> Kind.OPENAI;
            case "anthropic" -> Kind.ANTHROPIC;
            default ->
                    throw wrong(Setting.KIND, "is %s; write openai or anthropic".formatted(text));
        };
    }

    private URI base(Kind kind) {
        var text = values.get(Setting.BASE_URL);
        if (text == null) {
            if (name.equals("openai") && kind == Kind.OPENAI) {
                return OPENAI;
            }
            if (name.equals("anthropic") && kind == Kind.ANTHROPIC) {
                return ANTHROPIC;
            }
            throw wrong(
                    Setting.BASE_URL,
                    switch (kind) {
                        case OPENAI ->
                                "is missing; set it to what lies before /chat/completions, such as https://host/v1";
                        case ANTHROPIC ->
                                "is missing; set it to what lies before /messages, such as https://host/v1";
                    });
        }
        return BaseAddress.read(text)
                .map(base -> base(kind, base))
                .orElseThrow(() ->
                        wrong(
                                Setting.BASE_URL,
                                "is no http or https address without name, password and query; write one such as https://host/v1"));
    }

    /// Anthropic's clients call an address without `/v1`, so it may be left out here too.
    private static URI base(Kind kind, URI told) {
        return kind == Kind.ANTHROPIC && told.getRawPath().isEmpty()
                ? URI.create(told + "/v1")
                : told;
    }

    private @Nullable Secret key() {
        var text = values.get(Setting.API_KEY);
        var file = values.get(Setting.API_KEY_FILE);
        if (text != null && file != null) {
            throw wrong(
                    Setting.API_KEY,
                    "is given beside %s; leave one of them out"
                            .formatted(Setting.API_KEY_FILE.of(name)));
        }
        try {
            if (file != null) {
                return new Secret(Files.readString(Path.of(file)).strip());
            }
            return text == null ? null : new Secret(text);
        } catch (IOException e) {
            throw wrong(
                    Setting.API_KEY_FILE,
                    "cannot be read (%s); name a file that holds the key".formatted(e));
        } catch (IllegalArgumentException e) {
            var where = file == null ? Setting.API_KEY : Setting.API_KEY_FILE;
            throw wrong(where, "holds no key: " + e.getMessage());
        }
    }

    private Duration time(Setting setting, Duration unless, Duration most) {
        var text = values.get(setting);
        if (text == null) {
            return unless;
        }
        var told = Optional.<Duration>empty();
        try {
            told = Optional.ofNullable(DurationConverter.parseDuration(text));
        } catch (RuntimeException _) {
            // told below, like a time out of range
        }
        return told.filter(time -> time.compareTo(SHORTEST) >= 0 && time.compareTo(most) <= 0)
                .orElseThrow(() ->
                        wrong(
                                setting,
                                "is %s; write a time of 10ms to %ds, such as %ds"
                                        .formatted(text, most.toSeconds(), unless.toSeconds())));
    }

    private boolean flag(Setting setting) {
        var text = values.getOrDefault(setting, "true");
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(setting, "is %s; write true or false".formatted(text));
        };
    }

    private WrongUse wrong(Setting setting, String what) {
        return new WrongUse(setting.of(name) + " " + what);
    }
}
