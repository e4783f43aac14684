package dev.serin.server.ofrep;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.openfeature.contrib.providers.ofrep.OfrepProvider;
import dev.openfeature.contrib.providers.ofrep.OfrepProviderOptions;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Value;
import dev.serin.server.rollout.Server;
import dev.serin.server.route.RouteTable;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("A service with OpenFeature's own SDK and OFREP provider")
class OpenFeatureTest {

    private static final String DOMAIN = "serin-test";

    @Inject Server server;
    @Inject RouteTable routes;

    @TestHTTPResource("/")
    URI home;

    private Client models;

    @BeforeEach
    void connect() {
        var address = home.toString().replaceAll("/+$", "");
        var provider =
                OfrepProvider.constructProvider(
                        OfrepProviderOptions.builder()
                                .baseUrl(address)
                                .headers(ImmutableMap.<String, ImmutableList<String>>of())
                                .build());
        OpenFeatureAPI.getInstance().setProviderAndWait(DOMAIN, provider);
        models = OpenFeatureAPI.getInstance().getClient(DOMAIN);
    }

    @AfterEach
    void disconnect() {
        OpenFeatureAPI.getInstance().shutdown();
    }

    @Test
    @DisplayName("is told model, arm and why, and the same again for the same key")
    void isToldTheModel() {
        var route = Server.newRoute();
        var id = server.started(Server.plan(route).replace("share: 5%", "share: 20%"));
        routes.refresh();
        var arms = new java.util.TreeSet<String>();
        for (int user = 0; user < 100; user++) {
            routes.refresh();
            var told = models.getStringDetails(route, "none", new ImmutableContext("user-" + user));
            assertThat(told.getErrorCode()).isNull();
            assertThat(told.getReason()).isEqualTo("SPLIT");
            assertThat(told.getFlagMetadata().getString("rollout")).isEqualTo(id);
            assertThat(told.getFlagMetadata().getInteger("step")).isZero();
            arms.add(told.getVariant() + "=" + told.getValue());
            assertThat(models.getStringValue(route, "none", new ImmutableContext("user-" + user)))
                    .isEqualTo(told.getValue());
        }
        assertThat(arms).as("both arms, each with its model").hasSize(2);
    }

    @Test
    @DisplayName(
            "keeps its own default where a route is not known, a key is missing or a type is wrong")
    void keepsItsDefault() {
        var unknown =
                models.getStringDetails(Server.newRoute(), "mine", new ImmutableContext("user-1"));
        assertThat(unknown.getValue()).isEqualTo("mine");
        assertThat(unknown.getErrorCode()).isEqualTo(ErrorCode.FLAG_NOT_FOUND);

        var route = Server.newRoute();
        server.started(Server.plan(route));
        routes.refresh();
        var keyless = models.getStringDetails(route, "mine", new ImmutableContext());
        assertThat(keyless.getValue()).isEqualTo("mine");
        // This provider's word for every 400.
        assertThat(keyless.getErrorCode()).isEqualTo(ErrorCode.INVALID_CONTEXT);

        var number = models.getIntegerDetails(route, 7, new ImmutableContext("user-1"));
        assertThat(number.getValue()).isEqualTo(7);
        assertThat(number.getErrorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
    }

    @Test
    @DisplayName("is forced to an arm by an attribute that the plan names")
    void isForced() {
        var route = Server.newRoute();
        server.started(Server.plan(route) + "never: { header: X-Tier, is: largest }\n");
        routes.refresh();
        var context = new ImmutableContext("user-1", Map.of("X-Tier", new Value("largest")));
        var told = models.getStringDetails(route, "none", context);
        assertThat(told.getReason()).isEqualTo("TARGETING_MATCH");
        assertThat(told.getVariant()).isEqualTo("baseline");
        assertThat(told.getFlagMetadata().getBoolean("forced")).isTrue();
    }
}
