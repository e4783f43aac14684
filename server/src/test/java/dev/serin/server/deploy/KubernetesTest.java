package dev.serin.server.deploy;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@DisplayName("The Kubernetes manifests")
class KubernetesTest {

    private static final String SERIN = "deploy/kubernetes/serin.yaml";
    private static final String SECRET = "deploy/kubernetes/secret.example.yaml";
    private static final String INGRESS = "deploy/kubernetes/ingress.yaml";

    private static final Map<String, Class<? extends HasMetadata>> KINDS =
            Map.of(
                    "v1/ServiceAccount", ServiceAccount.class,
                    "v1/Service", Service.class,
                    "v1/Secret", Secret.class,
                    "apps/v1/Deployment", Deployment.class,
                    "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class,
                    "networking.k8s.io/v1/Ingress", Ingress.class);

    private final ObjectMapper json = strict();

    @ParameterizedTest
    @ValueSource(strings = {SERIN, SECRET, INGRESS})
    @DisplayName("hold only fields that Kubernetes knows, with values of their types")
    void strict(String file) throws IOException {
        for (var document : Root.documents(file)) {
            var given = json.valueToTree(document);
            var kind = given.path("apiVersion").asText() + "/" + given.path("kind").asText();
            assertThat(KINDS).as("kinds that are read here").containsKey(kind);
            assertThatCode(() -> json.treeToValue(given, KINDS.get(kind)))
                    .as("%s in %s", kind, file)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    @DisplayName("would be refused here with a field that Kubernetes does not know")
    void typo() {
        var document = json.createObjectNode().put("kind", "Deployment");
        document.putObject("spec").put("replica", 3);
        assertThatThrownBy(() -> json.treeToValue(document, Deployment.class))
                .hasMessageContaining("replica");
    }

    @Test
    @DisplayName("ask for secrets that the example has")
    void secrets() throws IOException {
        var secret = read(SECRET, Secret.class);
        var asked = new TreeSet<String>();
        container().getEnv().stream()
                .filter(it -> it.getValueFrom() != null)
                .map(it -> it.getValueFrom().getSecretKeyRef())
                .forEach(key -> {
                    assertThat(key.getName()).isEqualTo(secret.getMetadata().getName());
                    asked.add(key.getKey());
                });
        pod().getVolumes().stream()
                .filter(it -> it.getSecret() != null)
                .flatMap(it -> it.getSecret().getItems().stream())
                .forEach(item -> asked.add(item.getKey()));
        assertThat(asked).isEqualTo(new TreeSet<>(secret.getStringData().keySet()));
    }

    @Test
    @DisplayName("probe addresses that answer strangers")
    void probes() throws IOException {
        var container = container();
        var paths =
                Stream.of(
                                container.getStartupProbe(),
                                container.getReadinessProbe(),
                                container.getLivenessProbe())
                        .map(Probe::getHttpGet)
                        .map(get -> get.getPath())
                        .toList();
        assertThat(paths).doesNotHaveDuplicates();
        for (var path : paths) {
            given().get(path).then().statusCode(200);
        }
    }

    @Test
    @DisplayName(
            "keep a server in service while the database is away, since calls go on without it")
    void staysReady() throws IOException {
        var ready = container().getReadinessProbe().getHttpGet().getPath();
        given().get(ready)
                .then()
                .body("checks.name", containsInAnyOrder("Graceful Shutdown", "Routes were read"));
        given().get("/q/health").then().body("checks.name", hasItem("PostgreSQL answers"));
    }

    @Test
    @DisplayName("give a server the time to end its calls before it is killed")
    void grace() throws IOException {
        int rest = Math.toIntExact(container().getLifecycle().getPreStop().getSleep().getSeconds());
        var settings = Root.text("server/src/main/resources/application.properties");
        assertThat(settings).contains("\nquarkus.shutdown.timeout=20s\n");
        assertThat(pod().getTerminationGracePeriodSeconds()).isGreaterThanOrEqualTo(rest + 20 + 25);
    }

    @Test
    @DisplayName("let nobody in the pod be root or write to its disk")
    void hardened() throws IOException {
        assertThat(pod().getSecurityContext().getRunAsNonRoot()).isTrue();
        var security = container().getSecurityContext();
        assertThat(security.getReadOnlyRootFilesystem()).isTrue();
        assertThat(security.getAllowPrivilegeEscalation()).isFalse();
        assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
    }

    @Test
    @DisplayName("lead from the ingress by the service to the container's port")
    void ports() throws IOException {
        var port = read(SERIN, Service.class).getSpec().getPorts().getFirst();
        assertThat(container().getPorts().getFirst().getName())
                .isEqualTo(port.getTargetPort().getStrVal());
        var backend =
                read(INGRESS, Ingress.class)
                        .getSpec()
                        .getRules()
                        .getFirst()
                        .getHttp()
                        .getPaths()
                        .getFirst()
                        .getBackend()
                        .getService();
        assertThat(backend.getPort().getName()).isEqualTo(port.getName());
        assertThat(read(SERIN, Service.class).getMetadata().getName()).isEqualTo(backend.getName());
    }

    private io.fabric8.kubernetes.api.model.PodSpec pod() throws IOException {
        return read(SERIN, Deployment.class).getSpec().getTemplate().getSpec();
    }

    private io.fabric8.kubernetes.api.model.Container container() throws IOException {
        return pod().getContainers().getFirst();
    }

    private <T extends HasMetadata> T read(String file, Class<T> kind) throws IOException {
        for (var document : Root.documents(file)) {
            if (kind.getSimpleName().equals(document.get("kind"))) {
                return json.convertValue(document, kind);
            }
        }
        throw new AssertionError("no %s in %s".formatted(kind.getSimpleName(), file));
    }

    /// The models keep what they do not know as "additional"; here that is a mistake.
    private static ObjectMapper strict() {
        return JsonMapper.builder()
                .annotationIntrospector(
                        new JacksonAnnotationIntrospector() {
                            @Override
                            public Boolean hasAnySetter(Annotated it) {
                                return false;
                            }
                        })
                .build();
    }
}
