package dev.serin.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/// Every setting of the server, under `serin.`
@ConfigMapping(prefix = "serin")
public interface SerinConfig {

    Tick tick();

    Intake intake();

    Evidence evidence();

    Routes routes();

    Feed feed();

    Lab lab();

    Gateway gateway();

    /// Where telemetry is asked for, by the names that plans use: `serin.sources.main.url` and its like,
    /// see [Connect a service](connect.md#with-prometheus).
    Map<String, Source> sources();

    Notices notices();

    Tracing tracing();

    /// Where people reach this server, such as `https://serin.example.com`. Messages link to it; without
    /// it they hold no link.
    Optional<String> address();

    /// Who is told of the gateway's calls as spans of OpenTelemetry.
    interface Tracing {

        /// Where a collector takes spans over OTLP/HTTP, such as `http://collector:4318/v1/traces`.
        /// Nobody is told where it is not set.
        Optional<URI> endpoint();

        /// Headers that the collector asks for, such as `serin.tracing.headers.authorization`. Kept out
        /// of logs and pages.
        Map<String, String> headers();

        /// The part of the calls that are traced, 0 to 1, where the client's own trace does not decide.
        @DecimalMin("0")
        @DecimalMax("1")
        @WithDefault("1")
        double share();

        /// What this server is called in traces.
        @WithDefault("serin")
        String serviceName();
    }

    /// How others are told what happens.
    interface Notices {

        /// Whether messages may go to machines behind the firewall: loopback, private and unique-local
        /// addresses. Whoever may start a plan can then make Serin post to them.
        @WithDefault("false")
        boolean allowPrivate();

        /// How long a receiver may take to answer, 100 ms to 60 s. Longer helps a slow receiver, and lets
        /// one that hangs hold up the others.
        @DurationMin(millis = 100)
        @DurationMax(seconds = 60)
        @WithDefault("10s")
        Duration timeout();
    }

    /// How rollouts are watched.
    interface Tick {

        /// Rollouts claimed at once by one replica; more are claimed as these are done.
        @Min(1)
        @WithDefault("50")
        int batch();

        /// Rollouts that one replica judges at the same time. Each takes a connection to the database.
        @Min(1)
        @Max(64)
        @WithDefault("4")
        int atOnce();

        /// How often a rollout is judged whose evidence ripens although no call comes. Shorter sees
        /// slow calls sooner, longer costs less.
        @WithDefault("10s")
        Duration ripening();

        /// How long evidence ripens after the last call.
        @WithDefault("10m")
        Duration ripe();

        /// How long a rollout rests that could not be judged because of an error inside Serin.
        @WithDefault("10s")
        Duration afterError();
    }

    /// How observations come in.
    interface Intake {

        /// How long observations wait for others to be stored with them. Shorter answers sooner,
        /// longer costs the database less.
        @WithDefault("20ms")
        Duration gather();

        /// Observations stored in one transaction.
        @Min(1)
        @WithDefault("5000")
        int most();

        /// Observations that may wait; beyond it callers are told to come again. More rides out a
        /// longer pause of the database and takes more memory.
        @Min(1)
        @WithDefault("100000")
        int waiting();

        /// Calls of one key that are judged in one step, hour and replica; the rest counts as
        /// exposure only. More lets a single caller weigh more.
        @Min(1)
        @WithDefault("20")
        int callsPerKey();

        /// How long the answers to an `Idempotency-Key` are kept.
        @WithDefault("48h")
        Duration answersKept();

        /// How long a label waits for its call to be reported. Longer takes more room for labels whose
        /// call never comes.
        @WithDefault("1h")
        Duration labelsKept();

        /// How long single calls are kept after the last rollout of their day has ended. Tallies
        /// stay longer, and journals for good.
        @WithDefault("30d")
        Duration callsKept();
    }

    /// What becomes of evidence with time.
    interface Evidence {

        /// How long tallies and single calls are kept after their rollout has ended, 31 days at least, as
        /// error budgets reach that far back. Journals and what was found at the end stay for good. Longer
        /// shows the course of older rollouts and takes more room, about a row for each hour and metric.
        @WithDefault("730d")
        Duration keep();
    }

    /// Who serves which route.
    interface Routes {

        /// How long a replica routes without word from the database before it sends all traffic of
        /// a rollout to its baseline. Shorter is safer, longer survives a failover.
        @WithDefault("15s")
        Duration lease();
    }

    /// What open pages hear.
    interface Feed {

        /// The least time between two words to one page.
        @WithDefault("500ms")
        Duration pace();

        /// How often a quiet line is kept alive, in seconds.
        @Min(1)
        @Max(60)
        @WithDefault("15")
        int heartbeatSeconds();
    }

    /// How plans are tried on simulated candidates.
    interface Lab {

        /// Threads that play at once, all of low priority. More answer sooner and take more from the
        /// judging of live rollouts.
        @Min(1)
        @WithDefault("1")
        int threads();

        /// Runs that may go on or wait at once; beyond it people are told to come again.
        @Min(1)
        @WithDefault("8")
        int waiting();

        /// Simulated rollouts of each candidate in one run, at most.
        @Min(1)
        @Max(1_000_000)
        @WithDefault("10000")
        int mostRuns();

        /// How long a run goes on when nobody looks at it any more.
        @WithDefault("15s")
        Duration patience();
    }

    /// How calls of models go through.
    interface Gateway {

        /// The largest question, in bytes. More lets larger pictures through, and lets a caller take
        /// more memory.
        @Min(1_000)
        @Max(1_000_000_000)
        @WithDefault("10485760")
        int mostBytes();

        /// How long what was seen of calls, and what judges said, waits for a database that is away;
        /// then whole seconds of both arms are dropped, and counted. Longer rides out a longer
        /// failover and takes more memory.
        @WithDefault("60s")
        Duration kept();

        /// Observations that may wait for the database at all; beyond it the oldest seconds are
        /// dropped, whatever their age.
        @Min(1)
        @WithDefault("100000")
        int waiting();

        /// What models cost in USD for a million tokens, beside the list prices that are known:
        /// `openai/gpt-4o=2.5:10:1.25` for question, answer and what of the question was kept.
        Optional<List<String>> prices();

        /// Whether event loops ask Linux for real-time priority, so that calls do not wait behind what is
        /// done beside them. Needs a limit `rtprio` of 1, or `CAP_SYS_NICE`. A loop that is at work for more
        /// than a quarter of the time gives it back until it has less to do; other programs on the machine wait
        /// longer.
        @WithDefault("false")
        boolean realtime();

        Mirror mirror();

        Judge judge();

        /// Bounds of judges of answers, on one server; what one may cost is in its plan.
        interface Judge {

            /// Answers that are being judged at once. More keeps up with more calls, and takes more of
            /// the judge's rate limit.
            @Min(1)
            @Max(1_000)
            @WithDefault("8")
            int atOnce();

            /// Answers that wait to be judged; beyond it they are left out and counted. More rides out
            /// a slower judge and takes more memory, up to 2 MB for each.
            @Min(1)
            @Max(10_000)
            @WithDefault("100")
            int waiting();
        }

        /// Bounds of the copies that shadow steps ask for, on one server. What they leave out is counted.
        interface Mirror {

            /// Copies that are under way at once. More measures more at a busy time, and takes more
            /// memory and more of the candidate's rate limit.
            @Min(1)
            @Max(10_000)
            @WithDefault("20")
            int atOnce();

            /// What the copies of one rollout may cost in USD. Copies of a model without a price cost
            /// nothing here.
            @Min(0)
            @WithDefault("20")
            double usd();
        }
    }

    /// Telemetry that counts calls: a Prometheus or a Datadog.
    interface Source {

        /// What lies before `/api/v1/query`, such as `http://prometheus:9090`. A plan never holds it.
        String url();

        /// `prometheus` or `datadog`.
        @WithDefault("prometheus")
        String kind();

        /// Sent as `Authorization: Bearer`; for Datadog the API key.
        Optional<String> token();

        /// A file that holds the token instead.
        Optional<String> tokenFile();

        /// Datadog's application key.
        Optional<String> applicationKey();

        /// A file that holds the application key instead.
        Optional<String> applicationKeyFile();

        /// How long an answer is waited for. Longer bears a slow source, and hears less often from one
        /// that stalls.
        @WithDefault("5s")
        Duration timeout();
    }
}
