package dev.serin.simulator.lab;

/// Who looks on while a lab plays. Called from the thread that called the lab, now and then.
public interface LabWatch {

    /// Nobody looks, and it goes on to its end.
    LabWatch NOBODY =
            new LabWatch() {
                @Override
                public void played(long done, long of) {}

                @Override
                public boolean goesOn() {
                    return true;
                }
            };

    /// So many runs are over.
    ///
    /// @param done 0 to `of`
    /// @param of all runs, those of the curves too
    void played(long done, long of);

    /// Whether to go on; once it says no, no further run begins, and those under way are left
    /// unfinished.
    boolean goesOn();
}
