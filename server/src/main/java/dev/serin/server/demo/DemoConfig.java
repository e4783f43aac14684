package dev.serin.server.demo;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How the demo plays, under `serin.demo.`
@ConfigMapping(prefix = "serin.demo")
public interface DemoConfig {

    /// Whether scenarios A and B play as soon as the server is up.
    @WithDefault("false")
    boolean play();

    /// The same number gives the same calls.
    @WithDefault("1")
    long seed();

    /// Whether calls go through the gateway to a stand-in provider, instead of being made up here.
    @WithDefault("false")
    boolean gateway();
}
