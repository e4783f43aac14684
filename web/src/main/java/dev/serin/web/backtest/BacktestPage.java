package dev.serin.web.backtest;

import dev.serin.web.layout.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// A run under another plan. Address `/rollouts/{id}/backtest`; the form posts `plan` there.
@CheckedTemplate(basePath = "")
public final class BacktestPage {

    private BacktestPage() {}

    public static native TemplateInstance backtest(Frame frame, BacktestView view);
}
