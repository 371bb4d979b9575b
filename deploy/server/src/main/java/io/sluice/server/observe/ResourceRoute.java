package io.sluice.server.observe;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** A resource's method as its annotations say it is reached: {@code GET /api/2.1/unity-catalog/catalogs/{name}}. */
record ResourceRoute(String method, String template) {

    /** Requires: the method answers requests. */
    static ResourceRoute of(Method resource) {
        return new ResourceRoute(
                verb(resource),
                path(resource.getDeclaringClass().getAnnotation(Path.class))
                        + path(resource.getAnnotation(Path.class)));
    }

    private static String verb(Method resource) {
        for (Annotation annotation : resource.getAnnotations()) {
            @Nullable HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (verb != null) return verb.value();
        }
        throw new IllegalArgumentException(resource + " answers no requests");
    }

    private static String path(@Nullable Path path) {
        if (path == null || path.value().isEmpty() || path.value().equals("/")) return "";
        return path.value().startsWith("/") ? path.value() : "/" + path.value();
    }
}
