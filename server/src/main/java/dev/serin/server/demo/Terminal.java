package dev.serin.server.demo;

import java.io.PrintStream;

/// A stream to print tables on, in colour where a person reads it.
///
/// @param colour whether colours and other marks may be used
public record Terminal(PrintStream out, boolean colour) {

    /// Standard output; plain where it goes into a file or another program, or where `NO_COLOR` is
    /// set.
    @SuppressWarnings("SystemConsoleNull") // JDK 25 is back to null where there is no terminal
    public static Terminal standard() {
        var console = System.console();
        boolean person = console != null && console.isTerminal();
        return new Terminal(System.out, person && System.getenv("NO_COLOR") == null);
    }

    public void line(String line) {
        out.println(line.stripTrailing());
    }

    public String bold(String text) {
        return mark("1", text);
    }

    public String faint(String text) {
        return mark("2", text);
    }

    public String good(String text) {
        return mark("32", text);
    }

    public String bad(String text) {
        return mark("1;31", text);
    }

    public String open(String text) {
        return mark("33", text);
    }

    private String mark(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
