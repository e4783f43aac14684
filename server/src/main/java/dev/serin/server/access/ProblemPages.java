package dev.serin.server.access;

import dev.serin.server.problem.Problem;
import dev.serin.web.message.MessagePage;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// Turns a problem into a page where a person has asked, and answers where nobody else does.
@ApplicationScoped
public class ProblemPages {

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
                                "not-found",
                                "there is nothing at this address; the API is described at"
                                        + " /q/openapi"));
    }

    /// A problem for programs becomes a page for people.
    @ServerResponseFilter
    public void tell(ContainerResponseContext response) {
        var context = request.getCurrent();
        if (!(response.getEntity() instanceof Problem problem) || answers.isForPrograms(context)) {
            return;
        }
        var page = MessagePage.message(frames.current(), answers.view(problem)).render();
        response.setEntity(page);
        response.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8");
    }
}
