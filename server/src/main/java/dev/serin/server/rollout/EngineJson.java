package dev.serin.server.rollout;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import dev.serin.engine.judge.Condition;
import dev.serin.engine.judge.Coverage;
import dev.serin.engine.judge.Estimate;
import dev.serin.engine.judge.Finding;
import dev.serin.engine.judge.Limit;
import dev.serin.engine.judge.Measure;
import dev.serin.engine.judge.Metric;
import dev.serin.engine.judge.Quantity;
import dev.serin.engine.plan.Forced;
import dev.serin.engine.plan.Gate;
import dev.serin.engine.plan.Plan;
import dev.serin.engine.plan.Share;
import dev.serin.engine.plan.Step;
import dev.serin.engine.rollout.Entry;
import dev.serin.engine.rollout.Freeze;
import dev.serin.engine.rollout.Judgement;
import dev.serin.engine.rollout.Outcome;
import dev.serin.engine.rollout.Phase;
import dev.serin.engine.slo.Objective;
import dev.serin.server.planfile.PlanFile;
import dev.serin.server.planfile.RouteJudge;
import dev.serin.server.planfile.Source;
import dev.serin.server.provider.Price;
import io.quarkus.hibernate.orm.JsonFormat;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.util.List;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.format.FormatMapper;
import org.hibernate.type.format.jackson.JacksonJsonFormatMapper;
import org.jspecify.annotations.Nullable;

/// How the engine's records look in the database, apart from how the API tells them: the API may
/// change its words, old rows may not.
@Singleton
@JsonFormat
@PersistenceUnitExtension
@RegisterForReflection(
        targets = {
            Phase.class,
            Phase.Waiting.class,
            Phase.Observing.class,
            Phase.AwaitingApproval.class,
            Phase.Paused.class,
            Phase.Complete.class,
            Phase.RolledBack.class,
            Entry.class,
            Entry.Started.class,
            Entry.StepEntered.class,
            Entry.GateOpened.class,
            Entry.Approved.class,
            Entry.Promoted.class,
            Entry.Paused.class,
            Entry.Resumed.class,
            Entry.RolledBack.class,
            Entry.Completed.class,
            Finding.class,
            Finding.Met.class,
            Finding.Breached.class,
            Finding.Unsure.class,
            Finding.Resting.class,
            Finding.Arms.class,
            Coverage.class,
            Finding.Need.class,
            Measure.class,
            Quantity.class,
            Metric.class,
            Metric.Rate.class,
            Metric.Score.class,
            Metric.Percentile.class,
            Metric.Mean.class,
            Metric.CostPerSuccess.class,
            Limit.class,
            Limit.Absolute.class,
            Limit.Relative.class,
            Condition.class,
            Estimate.class,
            Outcome.class,
            Freeze.class,
            Judgement.class,
            Judgement.Exposed.class,
            Judgement.Block.class,
            RouteJudge.class,
            RouteJudge.Says.class,
            Plan.class,
            Plan.Rules.class,
            Plan.Exposure.class,
            Plan.Approvals.class,
            Plan.Labels.class,
            Forced.class,
            Forced.Who.class,
            Forced.Header.class,
            Forced.Keys.class,
            Step.class,
            Gate.class,
            Share.class,
            Objective.class,
            PlanFile.class,
            Source.class,
            Source.Counts.class,
            Source.Rate.class,
            StartPrices.class,
            Price.class,
            EngineJson.Named.class
        })
class EngineJson implements FormatMapper {

    private static final List<Class<?>> SEALED =
            List.of(
                    Phase.class,
                    Entry.class,
                    Finding.class,
                    Metric.class,
                    Limit.class,
                    Forced.Who.class);

    private static final ObjectMapper MAPPER = mapper();

    private final FormatMapper jackson = new JacksonJsonFormatMapper(MAPPER);

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    interface Named {}

    @Override
    public <T> @Nullable T fromString(
            @Nullable CharSequence json, JavaType<T> type, WrapperOptions options) {
        return json == null ? null : jackson.fromString(json, type, options);
    }

    @Override
    public <T> String toString(T value, JavaType<T> type, WrapperOptions options) {
        return jackson.toString(value, type, options);
    }

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the engine's records always become JSON", e);
        }
    }

    /// Findings apart from a rollout and its journal, each with its case.
    static String writeFindings(List<Finding> findings) {
        try {
            return MAPPER.writerFor(new TypeReference<List<Finding>>() {})
                    .writeValueAsString(findings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the engine's records always become JSON", e);
        }
    }

    /// Findings that were written apart from a rollout and its journal.
    static List<Finding> findings(String json) {
        try {
            return MAPPER.readValue(json, new TypeReference<List<Finding>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("findings are read as they were written", e);
        }
    }

    private static ObjectMapper mapper() {
        var mapper =
                JsonMapper.builder()
                        .findAndAddModules()
                        // What a record says beside its components is derived, and not stored.
                        .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
        for (var sealed : SEALED) {
            mapper.addMixIn(sealed, Named.class);
            for (var permitted : cases(sealed)) {
                mapper.registerSubtypes(new NamedType(permitted, permitted.getSimpleName()));
            }
        }
        mapper.addModule(MeasureJson.module());
        return mapper.build();
    }

    private static List<Class<?>> cases(Class<?> sealed) {
        return List.of(sealed.getPermittedSubclasses());
    }
}
