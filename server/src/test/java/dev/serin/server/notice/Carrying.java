package dev.serin.server.notice;

import static io.restassured.RestAssured.given;

import dev.serin.server.TestClock;
import dev.serin.server.outward.Guard;
import io.agroal.api.AgroalDataSource;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import jakarta.inject.Singleton;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Couriers of the tests' own, who go to this machine only, and when a test says so.
@Singleton
class Carrying {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Outbox outbox;
    private final TestClock clock;
    private final Vertx vertx;
    private final AgroalDataSource database;

    Carrying(Outbox outbox, TestClock clock, Vertx vertx, AgroalDataSource database) {
        this.outbox = outbox;
        this.clock = clock;
        this.vertx = vertx;
        this.database = database;
    }

    Courier courier() {
        return courier(new Guard(Carrying::onlyHere, true));
    }

    Courier courier(Guard guard) {
        return courier(guard, mails(MailClient.create(vertx, new MailConfig()), null));
    }

    /// One who knows a mail server.
    Courier courier(Letterbox letterbox) {
        return courier(
                new Guard(Carrying::onlyHere, true),
                mails(letterbox.client(vertx), "Serin <serin@example.com>"));
    }

    /// One whose database is away whenever `isAway` says so.
    Courier courier(BooleanSupplier isAway) {
        var patchy =
                (AgroalDataSource)
                        Proxy.newProxyInstance(
                                getClass().getClassLoader(),
                                new Class<?>[] {AgroalDataSource.class},
                                (_, method, arguments) -> {
                                    if (isAway.getAsBoolean()) {
                                        throw new SQLException("away");
                                    }
                                    return method.invoke(database, arguments);
                                });
        return new Courier(
                new Outbox(patchy),
                new Post(vertx, new Guard(Carrying::onlyHere, true), LIMIT),
                mails(MailClient.create(vertx, new MailConfig()), null),
                clock);
    }

    private Courier courier(Guard guard, Mails mails) {
        return new Courier(outbox, new Post(vertx, guard, LIMIT), mails, clock);
    }

    private static Mails mails(MailClient client, String from) {
        return new Mails(client, Optional.ofNullable(from), LIMIT);
    }

    static void carryAll(Courier courier) {
        while (courier.carry() > 0) {
            // what other tests left is carried too
        }
    }

    /// Lets a letter fail until nobody tries it any more.
    void die() {
        for (int i = 0; i < 12; i++) {
            carryAll(courier());
            clock.pass(Duration.ofHours(6));
        }
    }

    /// Adds a receiver and returns its secret.
    static String receiver(Ear ear, String route, String kind) {
        return post("""
        {"address": "%s", "kind": "%s", "route": "%s"}
        """
                        .formatted(ear.address(), kind, route))
                .statusCode(201)
                .extract()
                .path("secret");
    }

    static ValidatableResponse post(String json) {
        return given().contentType("application/json").body(json).post("/api/v1/receivers").then();
    }

    /// Such as `waits 1 it answered 500`.
    String state(String address) throws SQLException {
        try (var connection = database.getConnection();
                var ask =
                        connection.prepareStatement(
                                "select concat_ws(' ', state, tries, answer) from delivery"
                                        + " where address = ?")) {
            ask.setString(1, address);
            try (var rows = ask.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private static InetAddress[] onlyHere(String host) throws UnknownHostException {
        if (!host.equals("127.0.0.1")) {
            throw new UnknownHostException(host);
        }
        return new InetAddress[] {InetAddress.ofLiteral(host)};
    }
}
