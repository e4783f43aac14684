package dev.serin.server;

import dev.serin.server.cli.Serin;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/// Where the program begins: hands its arguments to the command line.
@QuarkusMain
public final class Main {

    Main() {}

    public static void main(String... args) {
        if (System.getProperty("quarkus.appcds.generate") != null) {
            // The build trains its AOT cache: it needs the classes, not a database.
            Quarkus.run(args);
            return;
        }
        int exitCode = Serin.run(args);
        // Dev mode calls main again after each change, in the same JVM.
        if (LaunchMode.current() != LaunchMode.DEVELOPMENT) {
            System.exit(exitCode);
        }
    }
}
