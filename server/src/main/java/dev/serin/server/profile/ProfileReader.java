package dev.serin.server.profile;

import dev.serin.server.planfile.Refusals;
import dev.serin.server.planfile.Scalars;
import dev.serin.server.planfile.Section;
import dev.serin.server.planfile.SourceText;
import dev.serin.server.planfile.Value;
import dev.serin.simulator.profile.Distribution;
import dev.serin.simulator.profile.PlainProfile;
import dev.serin.simulator.profile.Price;
import dev.serin.simulator.profile.RealisticProfile;
import dev.serin.simulator.profile.Speed;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a profile's file, YAML or JSON.
public final class ProfileReader {

    private static final String FORMULA = "formula";

    private final Refusals refusals = new Refusals("profile", "name");
    private final Scalars scalars = new Scalars(refusals);
    private final Mending mending = new Mending(scalars, refusals);

    private ProfileReader() {}

    /// Reads `bytes`, which should be UTF-8.
    public static ProfileReading read(byte[] bytes) {
        return new ProfileReader().document(bytes);
    }

    private ProfileReading document(byte[] bytes) {
        var root = SourceText.parse(bytes, refusals);
        var file = root == null ? null : file(root);
        return file == null || !refusals.isEmpty()
                ? new ProfileReading.Refused(refusals.byLine())
                : new ProfileReading.Read(file);
    }

    private @Nullable ProfileFile file(Value root) {
        var shape = hasFormula(root) ? ProfileShape.ORIGINAL : ProfileShape.REALISTIC;
        var section = Section.open(root, shape, "", refusals);
        if (section == null) {
            return null;
        }
        var written = section.need("name", "write name: NAME");
        var name = written == null ? null : scalars.name(written, "name");
        var happenings = new Happenings(section, mending);
        var arrivals = happenings.arrivals();
        var profile =
                shape == ProfileShape.ORIGINAL
                        ? original(section, root, name)
                        : realistic(section, happenings, root, name);
        return profile == null ? null : new ProfileFile(profile, arrivals);
    }

    private static boolean hasFormula(Value root) {
        return root instanceof Value.Fields fields
                && fields.fields().stream().anyMatch(field -> field.name().equals(FORMULA));
    }

    private @Nullable PlainProfile original(Section section, Value root, @Nullable String name) {
        var formula = section.need(FORMULA, "write formula: original, or leave it out");
        if (formula != null) {
            scalars.word(formula, FORMULA, Map.of("original", true));
        }
        var baseMs = mending.number(section, "baseMs", 1e-9, Mending.MOST);
        double jitterMs = mending.number(section, "jitterMs", 0, Mending.MOST, 0);
        var errorRate = mending.part(section, "errorRate");
        var hallucinationRate = mending.part(section, "hallucinationRate");
        var costUsd = mending.number(section, "costUsd", 0, Mending.MOST);
        return name == null
                        || baseMs == null
                        || errorRate == null
                        || hallucinationRate == null
                        || costUsd == null
                ? null
                : mending.made(
                        root,
                        "name",
                        () ->
                                new PlainProfile(
                                        name,
                                        baseMs,
                                        jitterMs,
                                        errorRate,
                                        hallucinationRate,
                                        costUsd));
    }

    private @Nullable RealisticProfile realistic(
            Section section, Happenings happenings, Value root, @Nullable String name) {
        var shared = section.get("provider");
        var provider = shared == null ? name : scalars.name(shared, "provider");
        var tokensIn = distribution(section, "tokensIn");
        var tokensOut = distribution(section, "tokensOut");
        var speed = speed(section);
        var failures = happenings.failures();
        var price = price(section);
        var verdicts = happenings.verdicts();
        var numbers = happenings.numbers();
        var episodes = happenings.episodes();
        return name == null || provider == null || speed == null || failures == null
                ? null
                : mending.made(
                        root,
                        "name",
                        () ->
                                new RealisticProfile(
                                        name, provider, tokensIn, tokensOut, speed, failures, price,
                                        verdicts, numbers, episodes, 0));
    }

    private @Nullable Distribution distribution(Section section, String name) {
        var value = section.get(name);
        return value == null ? null : new Distributions(mending).read(value, name);
    }

    private @Nullable Speed speed(Section section) {
        var value = section.get("latencyMs");
        if (value != null) {
            for (var other : new String[] {"ttftMs", "msPerToken"}) {
                if (section.has(other)) {
                    refusals.add(
                            section.placeOf(other),
                            other,
                            "",
                            other + " and latencyMs say two things; keep one of them");
                }
            }
            if (Happenings.isUnknown(value)) {
                return new Speed.Unknown();
            }
            var whole = distribution(section, "latencyMs");
            return whole == null ? null : new Speed.Whole(whole);
        }
        section.need(
                "ttftMs", "write ttftMs: and msPerToken:, or latencyMs:, or latencyMs: unknown");
        section.need("msPerToken", "write ttftMs: and msPerToken:, or latencyMs: alone");
        if (section.has("msPerToken")) {
            section.need("tokensOut", "msPerToken needs the tokens of an answer");
        }
        var ttft = distribution(section, "ttftMs");
        var perToken = distribution(section, "msPerToken");
        return ttft == null || perToken == null ? null : new Speed.Streamed(ttft, perToken);
    }

    private @Nullable Price price(Section document) {
        var value = document.get("price");
        var section =
                value == null ? null : Section.open(value, ProfileShape.PRICE, "price", refusals);
        return section == null
                ? null
                : new Price(
                        mending.number(section, "perCall", 0, Mending.MOST, 0),
                        mending.number(section, "perMillionIn", 0, Mending.MOST, 0),
                        mending.number(section, "perMillionOut", 0, Mending.MOST, 0));
    }
}
