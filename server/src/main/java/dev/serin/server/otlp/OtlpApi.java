package dev.serin.server.otlp;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.serin.server.problem.Bodies;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// OTLP over HTTP, in protobuf and in JSON.
@Path("/v1")
@Tag(name = "OpenTelemetry")
public class OtlpApi {

    static final String PROTOBUF = "application/x-protobuf";

    private final Intake intake;

    OtlpApi(Intake intake) {
        this.intake = intake;
    }

    /// What became of an export.
    ///
    /// @param partialSuccess null where nothing was refused
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Exported(@Nullable PartialSuccess partialSuccess) {}

    /// What was refused of an export.
    ///
    /// @param rejectedSpans null for log records
    /// @param rejectedLogRecords null for spans
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PartialSuccess(
            @Nullable String rejectedSpans,
            @Nullable String rejectedLogRecords,
            String errorMessage) {}

    @POST
    @Path("traces")
    @Consumes(PROTOBUF)
    @Produces(PROTOBUF)
    @RunOnVirtualThread
    @Operation(
            summary = "Export spans (OTLP)",
            description =
                    "Spans of GenAI calls that name their route, by feature_flag.key or serin.route,"
                            + " are observations; evaluation results among their events are labels."
                            + " Other spans are passed over.")
    public byte[] traces(@HeaderParam("Content-Encoding") @Nullable String encoding, byte[] body) {
        var refusals = intake.spans(Protobuf.spans(Bodies.unpacked(body, encoding)));
        var answer = ExportTraceServiceResponse.newBuilder();
        if (refusals.number() > 0) {
            answer.setPartialSuccess(
                    ExportTracePartialSuccess.newBuilder()
                            .setRejectedSpans(refusals.number())
                            .setErrorMessage(refusals.why()));
        }
        return answer.build().toByteArray();
    }

    @POST
    @Path("traces")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public Exported tracesInJson(
            @HeaderParam("Content-Encoding") @Nullable String encoding, byte[] body) {
        var refusals = intake.spans(Json.spans(Bodies.unpacked(body, encoding)));
        return new Exported(
                refusals.number() == 0
                        ? null
                        : new PartialSuccess(
                                Integer.toString(refusals.number()), null, refusals.why()));
    }

    @POST
    @Path("logs")
    @Consumes(PROTOBUF)
    @Produces(PROTOBUF)
    @RunOnVirtualThread
    @Operation(
            summary = "Export log records (OTLP)",
            description =
                    "Records named gen_ai.evaluation.result are labels of the calls whose answers they"
                            + " name by gen_ai.response.id, or else by trace and span. Other records are"
                            + " passed over.")
    public byte[] logs(@HeaderParam("Content-Encoding") @Nullable String encoding, byte[] body) {
        var refusals = intake.logs(Protobuf.logs(Bodies.unpacked(body, encoding)));
        var answer = ExportLogsServiceResponse.newBuilder();
        if (refusals.number() > 0) {
            answer.setPartialSuccess(
                    ExportLogsPartialSuccess.newBuilder()
                            .setRejectedLogRecords(refusals.number())
                            .setErrorMessage(refusals.why()));
        }
        return answer.build().toByteArray();
    }

    @POST
    @Path("logs")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public Exported logsInJson(
            @HeaderParam("Content-Encoding") @Nullable String encoding, byte[] body) {
        var refusals = intake.logs(Json.logs(Bodies.unpacked(body, encoding)));
        return new Exported(
                refusals.number() == 0
                        ? null
                        : new PartialSuccess(
                                null, Integer.toString(refusals.number()), refusals.why()));
    }
}
