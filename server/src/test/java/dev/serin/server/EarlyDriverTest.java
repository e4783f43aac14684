package dev.serin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("A connection that begins before its pool")
class EarlyDriverTest {

    private final EarlyDriver driver = new EarlyDriver();

    @Inject AgroalDataSource database;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    @Test
    @DisplayName("is what the pool asks for")
    void isWhatThePoolAsksFor() {
        var pool = database.getConfiguration().connectionPoolConfiguration();
        var asked = pool.connectionFactoryConfiguration();

        assertThat(asked.connectionProviderClass()).isEqualTo(EarlyDriver.class);
        assertThat(asked.jdbcUrl()).isEqualTo(url);
        assertThat(asked.jdbcProperties()).isEqualTo(EarlyDriver.SHIPPED);
    }

    @Test
    @DisplayName("is given to the first that asks for the same")
    void isGivenOnce() throws SQLException {
        var address = addressOf("given");
        EarlyDriver.begin(address, user, password);
        await().until(() -> open("given") == 1);

        try (var first = connect(address, login())) {
            assertThat(first.isValid(1)).isTrue();
            assertThat(open("given")).isEqualTo(1);
            try (var second = connect(address, login())) {
                assertThat(second.isValid(1)).isTrue();
                assertThat(open("given")).isEqualTo(2);
            }
        }
    }

    @Test
    @DisplayName("ends where something else is asked for")
    void endsWhereSomethingElseIsAskedFor() throws SQLException {
        var address = addressOf("dropped");
        EarlyDriver.begin(address, user, password);
        await().until(() -> open("dropped") == 1);
        var verified = login();
        verified.setProperty("sslmode", "disable");

        try (var other = connect(url, verified)) {
            await().until(() -> open("dropped") == 0);
            assertThat(other.isValid(1)).isTrue();
        }
    }

    @Test
    @DisplayName("says why nobody lets it in to whoever asks for it, and then no more")
    void saysWhy() throws IOException, SQLException {
        String nowhere;
        try (var socket = new ServerSocket(0)) {
            nowhere = "jdbc:postgresql://127.0.0.1:%d/serin".formatted(socket.getLocalPort());
        }
        EarlyDriver.begin(nowhere, user, password);

        assertThatThrownBy(() -> driver.connect(nowhere, login()))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("refused");
        try (var other = connect(url, login())) {
            assertThat(other.isValid(1)).isTrue();
        }
    }

    private Connection connect(String address, Properties login) throws SQLException {
        return Objects.requireNonNull(driver.connect(address, login));
    }

    private Properties login() {
        var login = new Properties();
        login.putAll(EarlyDriver.SHIPPED);
        login.setProperty("user", user);
        login.setProperty("password", password);
        return login;
    }

    private String addressOf(String name) {
        return url + (url.contains("?") ? "&" : "?") + "ApplicationName=" + name;
    }

    /// Connections that are open under this name.
    private int open(String name) throws SQLException {
        try (var connection = database.getConnection();
                var query =
                        connection.prepareStatement(
                                "select count(*) from pg_stat_activity where application_name = ?")) {
            query.setString(1, name);
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }
}
