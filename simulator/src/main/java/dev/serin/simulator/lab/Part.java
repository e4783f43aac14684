package dev.serin.simulator.lab;

/// The sums of a column over some stretches of a ledger.
final class Part {

    private final Column column;
    private final Ledger ledger;
    double n;
    double a;
    double b;

    Part(Column column, Ledger ledger) {
        this.column = column;
        this.ledger = ledger;
    }

    /// The sums over the first so many stretches.
    static Part of(Column column, Ledger ledger, int stretches) {
        var part = new Part(column, ledger);
        for (int i = 0; i < stretches; i++) {
            part.add(i);
        }
        return part;
    }

    void add(int stretch) {
        n += column.n(ledger, stretch);
        a += column.a(ledger, stretch);
        b += column.b(ledger, stretch);
    }
}
