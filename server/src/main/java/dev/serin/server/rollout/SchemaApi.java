package dev.serin.server.rollout;

import dev.serin.server.planfile.PlanSchema;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The JSON Schema of a plan, for editors.
@Path("/api/v1/plan.schema.json")
@Tag(name = "Plans")
public class SchemaApi {

    @GET
    @Produces({"application/schema+json", "application/json"})
    @Operation(summary = "The JSON Schema of a plan")
    public String schema() {
        return PlanSchema.json();
    }
}
