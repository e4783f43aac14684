package dev.serin.server.access;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// An endpoint that somebody wrote, as its annotations say.
record Endpoint(String verb, String path) {

    String text() {
        return verb + " " + path;
    }

    String address() {
        return "/below" + path.replaceAll("\\{[^}]*}", "0190b6a0-0000-7000-8000-000000000000");
    }

    static List<Endpoint> all(BeanManager beans) {
        var endpoints = new ArrayList<Endpoint>();
        for (var bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
            var type = bean.getBeanClass();
            if (!type.isAnnotationPresent(Path.class)) {
                continue;
            }
            for (var method : type.getDeclaredMethods()) {
                verb(method)
                        .ifPresent(verb ->
                                endpoints.add(new Endpoint(verb, path(type) + path(method))));
            }
        }
        return endpoints;
    }

    private static Optional<String> verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(one -> one.annotationType().getAnnotation(HttpMethod.class))
                .filter(Objects::nonNull)
                .map(HttpMethod::value)
                .findFirst();
    }

    private static String path(AnnotatedElement element) {
        var path = element.getAnnotation(Path.class);
        var text = path == null ? "" : path.value().replaceAll("^/+|/+$", "");
        return text.isEmpty() ? "" : "/" + text;
    }
}
