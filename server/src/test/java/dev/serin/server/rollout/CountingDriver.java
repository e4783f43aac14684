package dev.serin.server.rollout;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.Driver;

/// PostgreSQL's driver, which counts the statements that are made.
public class CountingDriver extends Driver {

    static final AtomicInteger STATEMENTS = new AtomicInteger();

    @Override
    public Connection connect(String url, Properties info) throws SQLException {
        var connection = super.connect(url, info);
        return connection == null
                ? null
                : (Connection)
                        Proxy.newProxyInstance(
                                CountingDriver.class.getClassLoader(),
                                new Class<?>[] {Connection.class},
                                (_, method, arguments) -> {
                                    if (method.getName()
                                            .matches("prepareStatement|createStatement")) {
                                        STATEMENTS.incrementAndGet();
                                    }
                                    try {
                                        return method.invoke(connection, arguments);
                                    } catch (InvocationTargetException e) {
                                        throw e.getCause();
                                    }
                                });
    }
}
