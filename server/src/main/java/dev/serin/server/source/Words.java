package dev.serin.server.source;

/// Text of others, made fit for a line of ours.
final class Words {

    private static final int LONGEST = 200;

    private Words() {}

    static String plain(String text) {
        var line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
