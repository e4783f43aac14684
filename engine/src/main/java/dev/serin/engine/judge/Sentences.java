package dev.serin.engine.judge;

final class Sentences {

    private Sentences() {}

    static String of(Finding finding) {
        return finding.condition().text();
    }
}
