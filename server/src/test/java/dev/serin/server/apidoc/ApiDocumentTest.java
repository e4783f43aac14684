package dev.serin.server.apidoc;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serin.server.deploy.Root;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.nio.file.Files;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("The description of the API")
class ApiDocumentTest {

    private static final String TEXT =
            "server/src/main/resources/dev/serin/server/apidoc/openapi.yaml";

    /// Where tests find the one that is made from the code, see `application.properties`.
    private static final String MADE = "/q/openapi-of-the-code";

    @Test
    @DisplayName("has each address of the code, with what it takes and answers")
    void complete() throws Exception {
        var made = given().get(MADE).then().statusCode(200).extract().asString();
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(Root.of(TEXT), made);
        }
        assertThat(Root.text(TEXT))
                .as("%s; written anew with -Ddocs.write=true", TEXT)
                .isEqualTo(made);
    }

    @Test
    @DisplayName("is answered in YAML")
    void inYaml() throws Exception {
        var answer = given().get(ApiDocument.ADDRESS).then().statusCode(200).extract();
        assertThat(answer.contentType()).startsWith("application/yaml");
        assertThat(answer.asString()).isEqualTo(Root.text(TEXT));
    }

    @Test
    @DisplayName("is answered in JSON to who asks for it, in the header or the address")
    void inJson() throws Exception {
        var json = new ObjectMapper();
        var made = json.readTree(given().queryParam("format", "json").get(MADE).asString());
        var asked = given().accept(ContentType.JSON).get(ApiDocument.ADDRESS);
        assertThat(asked.contentType()).startsWith("application/json");
        assertThat(json.readTree(asked.asString())).isEqualTo(made);
        var named = given().queryParam("format", "JSON").get(ApiDocument.ADDRESS);
        assertThat(json.readTree(named.asString())).isEqualTo(made);
    }

    @Test
    @DisplayName("tells its type to who asks for its head alone")
    void head() {
        given().head(ApiDocument.ADDRESS)
                .then()
                .statusCode(200)
                .header("Content-Type", "application/yaml;charset=UTF-8");
    }
}
