package dev.serin.server.backtest;

import dev.serin.server.planfile.Known;
import dev.serin.server.planfile.PlanReader;
import dev.serin.server.planfile.PlanReading;

/// Reads a plan by which a run is to be judged. Its models play no part, so a baseline may be missing.
public final class OtherPlan {

    private static final Known ANY_MODEL = new Known(PlanReader.ROUTES_MODEL, null, null);

    private OtherPlan() {}

    public static PlanReading read(byte[] document) {
        return PlanReader.read(document, _ -> ANY_MODEL);
    }

    static PlanReading read(String document) {
        return PlanReader.read(document, _ -> ANY_MODEL);
    }
}
