package dev.serin.server.access;

import dev.serin.server.problem.Problem;
import dev.serin.web.message.MessagePage;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// Turns a problem into a page where a person has asked, and answers where nobody else does.
@ApplicationScoped
public class ProblemPages {

    private static final String NOT_FOUND = "not-found";
    private static final int NOT_ALLOWED = Status.METHOD_NOT_ALLOWED.getStatusCode();

    private final CurrentVertxRequest request;
    private final Answers answers;
    private final Frames frames;

    ProblemPages(CurrentVertxRequest request, Answers answers, Frames frames) {
        this.request = request;
        this.answers = answers;
        this.frames = frames;
    }

    void register(@Observes Router router) {
        router.route()
                .order(Integer.MAX_VALUE)
                .handler(context ->
                        answers.tell(
                                context,
                                404,
                                NOT_FOUND,
                                "there is nothing at this address; the API is described at"
                                        + " /q/openapi"));
    }

    /// A problem for programs becomes a page for people. One of a wrong method tells the right ones.
    @ServerResponseFilter
    public void tell(ContainerResponseContext response) {
        var context = request.getCurrent();
        tellMethods(context, response);
        if (!(response.getEntity() instanceof Problem problem) || answers.isForPrograms(context)) {
            return;
        }
        var page = MessagePage.message(frames.current(), answers.view(problem)).render();
        response.setEntity(page);
        response.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8");
    }

    /// Where several classes share the beginning of an address, none of them knows the methods that
    /// the others take there.
    private void tellMethods(RoutingContext context, ContainerResponseContext response) {
        boolean isNowhere =
                response.getEntity() instanceof Problem problem && problem.isOf(NOT_FOUND);
        if (!isNowhere && response.getStatus() != NOT_ALLOWED) {
            return;
        }
        var verbs = Rules.verbs(frames.underRoot(context.normalizedPath()));
        if (verbs.isEmpty() || verbs.contains(context.request().method().name())) {
            return;
        }
        if (isNowhere) {
            response.setStatus(NOT_ALLOWED);
            response.setEntity(
                    Problem.of(
                            "method-not-allowed",
                            Status.METHOD_NOT_ALLOWED,
                            "this address takes another method, see Allow"));
        }
        response.getHeaders().putSingle(HttpHeaders.ALLOW, String.join(", ", verbs));
    }
}
