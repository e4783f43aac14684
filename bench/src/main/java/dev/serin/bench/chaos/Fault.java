package dev.serin.bench.chaos;

/// What is done to the site.
enum Fault {
    KILL_SERVER("kill -9 of a server"),
    KILL_POSTGRES("kill -9 of PostgreSQL, all processes"),
    CUT("network to PostgreSQL silent for 3 to 12 s"),
    CUT_AND_RESET("the same, then all connections break"),
    CLOCK_AHEAD("clock of a server jumps 1 to 6 h ahead"),
    CLOCK_BACK("clock of a server jumps 1 to 6 h back"),
    FAIL_OVER("PostgreSQL killed, a restored copy goes on"),
    OVERLOAD("10 times the load for 10 s");

    private final String words;

    Fault(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
