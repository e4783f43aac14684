package dev.serin.server.access;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ClosedProfile.class)
@DisplayName("What is stored of a password")
class PasswordsTest {

    private static final String PASSWORD = "a long enough password";

    @Inject Accounts accounts;
    @Inject Seals seals;
    @Inject Tries tries;

    @BeforeEach
    void alone() {
        tries.right("127.0.0.1");
    }

    @Test
    @DisplayName(
            "is bcrypt at the cost of the settings, other each time, and opens by that password only")
    void isBcrypt() {
        var sealed = seals.of(PASSWORD);
        assertThat(sealed)
                .matches("hmac-sha256-bcrypt\\$[A-Za-z0-9+/]{22}==\\$2b\\$10\\$[./A-Za-z0-9]{53}")
                .isNotEqualTo(seals.of(PASSWORD));
        assertThat(seals.opens(PASSWORD, sealed)).isTrue();
        assertThat(seals.opens(PASSWORD + " ", sealed)).isFalse();
        assertThat(seals.isOld(sealed)).isFalse();
    }

    @Test
    @DisplayName("counts every character of a long one, and what stands behind a NUL")
    void countsAll() {
        var sealed = seals.of("p".repeat(999) + "a");
        assertThat(seals.opens("p".repeat(999) + "a", sealed)).isTrue();
        assertThat(seals.opens("p".repeat(999) + "b", sealed)).isFalse();
        assertThat(seals.opens("words\0behind", seals.of("words\0before"))).isFalse();
    }

    @Test
    @DisplayName("is no bcrypt of the password itself, nor of its bare hash")
    void isKeyed() {
        var sealed = seals.of(PASSWORD);
        var hash = sealed.substring(sealed.indexOf("$2b$"));
        var digest = Secrets.digest(PASSWORD);
        for (var guess : List.of(PASSWORD, digest)) {
            assertThat(
                            BCrypt.verifyer()
                                    .verify(guess.getBytes(UTF_8), hash.getBytes(UTF_8))
                                    .verified)
                    .isFalse();
        }
    }

    @Test
    @DisplayName("opens nothing where it is broken or of a scheme that nobody knows")
    void opensNothing() {
        var sealed = seals.of(PASSWORD);
        for (var broken :
                List.of(
                        "",
                        PASSWORD,
                        "plain$" + PASSWORD,
                        "hmac-sha256-bcrypt$",
                        sealed.substring(0, sealed.length() - 1),
                        sealed.replace("$2b$10$", "$2b$04$"))) {
            assertThat(seals.opens(PASSWORD, broken)).as(broken).isFalse();
        }
    }

    @Test
    @DisplayName("by an earlier version still opens, and is stored anew at that sign-in")
    void isStoredAnew() throws Exception {
        accounts.make("olaf", PASSWORD, Set.of(new Grant(Grant.COMMON_TEAM, Role.VIEWER)));
        var old = pbkdf2(PASSWORD);
        store("olaf", old);

        assertThat(status("olaf", PASSWORD + "!")).isEqualTo(401);
        assertThat(stored("olaf")).isEqualTo(old);
        assertThat(status("olaf", PASSWORD)).isEqualTo(200);
        var anew = stored("olaf");
        assertThat(anew).startsWith("hmac-sha256-bcrypt$");
        assertThat(status("olaf", PASSWORD)).isEqualTo(200);
        assertThat(stored("olaf")).isEqualTo(anew);
    }

    @Test
    @DisplayName(
            "at a lower cost than the settings' still opens, and is stored anew at that sign-in")
    void isRaised() {
        accounts.make("olga", PASSWORD, Set.of(new Grant(Grant.COMMON_TEAM, Role.VIEWER)));
        store("olga", Bcrypt.sealed(PASSWORD, 9));

        assertThat(status("olga", PASSWORD)).isEqualTo(200);
        assertThat(stored("olga")).contains("$2b$10$");
        assertThat(status("olga", PASSWORD)).isEqualTo(200);
    }

    @Test
    @DisplayName("in the settings is stored anew at a start, and nobody is signed out for it")
    void keepsSessions() throws Exception {
        accounts.keep("ada", PASSWORD);
        store("ada", pbkdf2(PASSWORD));
        var session =
                given().basePath("")
                        .redirects()
                        .follow(false)
                        .formParam("name", "ada")
                        .formParam("password", PASSWORD)
                        .post("/below/login")
                        .cookie("serin-session");
        store("ada", pbkdf2(PASSWORD));
        accounts.keep("ada", PASSWORD);
        assertThat(stored("ada")).startsWith("hmac-sha256-bcrypt$");
        given().basePath("")
                .cookie("serin-session", session)
                .get("/below/api/v1/rollouts")
                .then()
                .statusCode(200);
    }

    private int status(String name, String password) {
        tries.right("127.0.0.1");
        return given().basePath("")
                .auth()
                .preemptive()
                .basic(name, password)
                .get("/below/api/v1/rollouts")
                .statusCode();
    }

    private static void store(String name, String sealed) {
        QuarkusTransaction.requiringNew()
                .run(() -> AccountRow.<AccountRow>findById(name).sealed = sealed);
    }

    private static String stored(String name) {
        return QuarkusTransaction.requiringNew()
                .call(() -> AccountRow.<AccountRow>findById(name).sealed);
    }

    private static String pbkdf2(String password) throws Exception {
        var salt = "sixteen bytes of".getBytes(UTF_8);
        var hash =
                SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                        .generateSecret(new PBEKeySpec(password.toCharArray(), salt, 600_000, 256))
                        .getEncoded();
        var base64 = Base64.getEncoder();
        return "pbkdf2-sha256$600000$%s$%s"
                .formatted(base64.encodeToString(salt), base64.encodeToString(hash));
    }
}
