package dev.serin.server.access;

import dev.serin.server.problem.AnthropicError;
import dev.serin.server.problem.OpenAiError;
import dev.serin.server.problem.Problem;
import dev.serin.web.message.MessagePage;
import dev.serin.web.message.MessageView;
import dev.serin.web.words.Tone;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.qute.TemplateInstance;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;

/// What is answered instead of what was asked for: a page to people, a problem to programs.
@ApplicationScoped
public class Answers {

    private static final String PROBLEM = "application/problem+json";
    private static final String PAGE = "text/html;charset=UTF-8";

    private final Frames frames;

    Answers(Frames frames) {
        this.frames = frames;
    }

    /// Whether whoever asks reads problems and not pages.
    boolean isForPrograms(RoutingContext context) {
        var under = under(context);
        var accept = context.request().getHeader(HttpHeaders.ACCEPT);
        return Addresses.isForPrograms(under) || accept == null || !accept.contains("text/html");
    }

    private String under(RoutingContext context) {
        var path = context.normalizedPath();
        return path.startsWith(frames.root()) ? path.substring(frames.root().length()) : path;
    }

    void databaseAway(RoutingContext context) {
        var view = MessageView.databaseAway();
        context.response().putHeader(HttpHeaders.RETRY_AFTER, "5");
        tell(context, view.status(), "database-away", view.sentence(), view);
    }

    /// @param detail what to do, in a sentence
    void tell(RoutingContext context, int status, String kind, String detail) {
        tell(context, status, kind, detail, view(status, detail));
    }

    /// What an address names is not there, whether nobody made it or it is another team's.
    void absent(RoutingContext context, Named named) {
        var problem = Problem.of(named.problem(), Response.Status.NOT_FOUND, named.absence());
        tell(context, 404, named.problem(), named.absence(), view(problem));
    }

    /// The page for something that is not there.
    TemplateInstance missing(String what) {
        return MessagePage.message(frames.current(), MessageView.notFound(what));
    }

    /// The page for a problem.
    MessageView view(Problem problem) {
        if (problem.isOf("no-such-rollout")) {
            return MessageView.notFound("rollout");
        }
        if (problem.isOf("no-such-route")) {
            return MessageView.notFound("route");
        }
        if (problem.isOf("no-such-team")) {
            return MessageView.notFound("team");
        }
        if (problem.isOf("no-such-receiver")) {
            return MessageView.gone("receiver");
        }
        if (problem.isOf("no-such-notice")) {
            return MessageView.gone("message");
        }
        var id = problem.more().get("id");
        return problem.status() == 500
                ? MessageView.failed(id == null ? "" : id.toString())
                : view(problem.status(), problem.detail());
    }

    private static MessageView view(int status, String detail) {
        return switch (status) {
            case 404 -> MessageView.notFound("page");
            case 503 -> MessageView.databaseAway();
            default ->
                    new MessageView(
                            status,
                            Tone.QUIET,
                            title(status),
                            sentence(detail),
                            List.of(),
                            null,
                            0);
        };
    }

    private void tell(
            RoutingContext context, int status, String kind, String detail, MessageView view) {
        var response = context.response().setStatusCode(status);
        if (Addresses.speaksAnthropic(under(context))) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(AnthropicError.of(status, detail).json());
        } else if (Addresses.speaksOpenAi(under(context))) {
            var error =
                    status < 500
                            ? OpenAiError.invalid(detail, null, kind.replace('-', '_'))
                            : OpenAiError.server(detail, kind.replace('-', '_'));
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(error.json());
        } else if (isForPrograms(context)) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, PROBLEM)
                    .end(
                            new JsonObject()
                                    .put("type", "urn:serin:problem:" + kind)
                                    .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                                    .put("status", status)
                                    .put("detail", detail)
                                    .encode());
        } else {
            response.putHeader(HttpHeaders.CONTENT_TYPE, PAGE)
                    .end(MessagePage.message(frames.of(context), view).render());
        }
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "That could not be read";
            case 403 -> "That is not allowed";
            case 405 -> "That cannot be done at this address";
            case 409 -> "That has changed meanwhile";
            case 413 -> "That is too large";
            case 415 -> "That is in no form that Serin reads";
            case 421 -> "This is not the address of this server";
            case 429 -> "Too many tries";
            default -> status >= 500 ? "That was Serin's fault" : "That did not work";
        };
    }

    private static String sentence(String detail) {
        if (detail.isBlank()) {
            return "Nothing was changed.";
        }
        var text = detail.substring(0, 1).toUpperCase(Locale.ROOT) + detail.substring(1);
        return text.endsWith(".") ? text : text + ".";
    }
}
