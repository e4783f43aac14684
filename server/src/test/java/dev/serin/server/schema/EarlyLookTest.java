package dev.serin.server.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.SQLException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("The early look at the schema")
class EarlyLookTest {

    @Inject AgroalDataSource database;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    @Test
    @DisplayName("tells of the pool's database whether it is up to date, once")
    void tells() {
        EarlyLook.begin(url, user, password);

        assertThat(EarlyLook.seen(pool())).contains(true);
        assertThat(EarlyLook.seen(pool())).isEmpty();
    }

    @Test
    @DisplayName("leaves a database that has no history to the pool")
    void leavesAnEmptyDatabase() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create schema if not exists never_migrated");
        }
        var elsewhere = url + (url.contains("?") ? "&" : "?") + "currentSchema=never_migrated";
        EarlyLook.begin(elsewhere, user, password);

        assertThat(EarlyLook.seen(at(elsewhere).get())).isEmpty();
    }

    @Test
    @DisplayName("tells nothing of another database than the pool's")
    void tellsNothingOfAnother() {
        EarlyLook.begin(url + "?ApplicationName=early", user, password);
        assertThat(EarlyLook.seen(pool())).isEmpty();

        EarlyLook.begin(url, user, password);
        assertThat(EarlyLook.seen(at(url).jdbcProperty("currentSchema", "another").get()))
                .isEmpty();

        EarlyLook.begin(url, user, password);
        assertThat(EarlyLook.seen(at(url).principal(new NamePrincipal("somebody")).get()))
                .isEmpty();
    }

    @Test
    @DisplayName("leaves a database that does not answer to the pool")
    void leavesTheRest() throws IOException {
        String nowhere;
        try (var socket = new ServerSocket(0)) {
            nowhere = "jdbc:postgresql://127.0.0.1:%d/serin".formatted(socket.getLocalPort());
        }
        EarlyLook.begin(nowhere, user, password);

        assertThat(EarlyLook.seen(at(nowhere).get())).isEmpty();
    }

    @Test
    @DisplayName("is not taken where no login is told")
    void needsALogin() {
        EarlyLook.begin(url, user, null);

        assertThat(EarlyLook.seen(pool())).isEmpty();
    }

    private AgroalConnectionFactoryConfiguration pool() {
        return database.getConfiguration()
                .connectionPoolConfiguration()
                .connectionFactoryConfiguration();
    }

    private AgroalConnectionFactoryConfigurationSupplier at(String address) {
        return new AgroalConnectionFactoryConfigurationSupplier()
                .jdbcUrl(address)
                .principal(new NamePrincipal(user));
    }
}
