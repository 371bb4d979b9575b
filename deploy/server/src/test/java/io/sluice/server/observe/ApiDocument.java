package io.sluice.server.observe;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.server.observe.Schemas.Spelling;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The description of the API in OpenAPI 3.1, made from what the resources declare and what their code reads. */
final class ApiDocument {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> OPEN = List.of(
            "/api/2.1/unity-catalog/public/",
            "/api/1.0/unity-control/auth/",
            "/oidc/",
            "/delta-sharing/oauth/",
            "/api/1.0/sluice/console/session",
            "/api/1.0/sluice/constant");
    /** Parts of the sharing protocol that are there to say why they are not served. */
    private static final Set<String> REFUSED =
            Set.of("SharedTable.changes", "SharedTable.asynchronousQuery", "SharedTable.temporaryCredentials");
    /** What is not made by a record of a resource's own, but serialised once and kept. */
    private static final Map<String, String> KEPT = Map.of(
            "CatalogNode", "CatalogInfo",
            "SchemaNode", "SchemaInfo",
            "TableNode", "TableInfo");

    private final ObjectNode document = JSON.createObjectNode();
    private final ObjectNode paths;
    private final Schemas schemas;

    private ApiDocument() {
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Sluice")
                .put("version", "0.1.0")
                .put("description", "What this server answers. Whatever is not listed answers 501 or 404.");
        paths = document.putObject("paths");
        ObjectNode components = document.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("bearer")
                .put("type", "http")
                .put("scheme", "bearer");
        ErrorBodies.put(components.putObject("responses"));
        schemas = new Schemas(components.putObject("schemas"));
    }

    static String of(List<Operation> operations) {
        ApiDocument made = new ApiDocument();
        operations.forEach(made::add);
        return JsonText.of(made.document);
    }

    private void add(Operation operation) {
        for (String place : places(operation.route().template())) add(operation, place);
    }

    private void add(Operation operation, String place) {
        ObjectNode described = paths.withObjectProperty(plain(place))
                .putObject(operation.route().method().toLowerCase(java.util.Locale.ROOT));
        described.put(
                "operationId", operation.group() + "." + operation.method().getName());
        described.putArray("tags").add(operation.group());
        String path = operation.route().template();
        boolean isOpen = OPEN.stream().anyMatch(path::startsWith);
        if (!isOpen) described.putArray("security").addObject().putArray("bearer");
        for (Parameter parameter : operation.method().getParameters()) addParameter(described, parameter);
        if (operation.hasBody()) addBody(described, operation);
        ObjectNode responses = described.putObject("responses");
        if (!REFUSED.contains(described.path("operationId").asText())) addSuccess(responses, operation);
        ErrorBodies.refer(responses, operation, isOpen);
    }

    private void addSuccess(ObjectNode responses, Operation operation) {
        ObjectNode success = responses.putObject(isScimCreation(operation) ? "201" : "200");
        success.put("description", "Done.");
        addAnswer(success, operation);
    }

    /** A resource that stands in several places says so by a pattern that begins the template. */
    private static List<String> places(String template) {
        Matcher several = Pattern.compile("/?\\{\\w+:([^}|]+)\\|([^}|]+)}(.*)").matcher(template);
        if (!several.matches()) return List.of(template);
        return List.of(
                "/" + several.group(1).replace("\\", "") + several.group(3),
                "/" + several.group(2).replace("\\", "") + several.group(3));
    }

    /** The templates of JAX-RS may carry a pattern behind the name. */
    private static String plain(String template) {
        return template.replaceAll("\\{(\\w+)\\s*:[^}]*}", "{$1}");
    }

    /** SCIM's protocol wants it so; everything else that is made answers 200. */
    private static boolean isScimCreation(Operation operation) {
        return operation.route().method().equals("POST")
                && operation.route().template().contains("/scim2");
    }

    private void addParameter(ObjectNode described, Parameter parameter) {
        if (parameter.isAnnotationPresent(BeanParam.class)) {
            for (Field field : parameter.getType().getDeclaredFields())
                addParameter(described, field, field.getGenericType());
        } else addParameter(described, parameter, parameter.getParameterizedType());
    }

    private void addParameter(ObjectNode described, AnnotatedElement place, Type type) {
        PathParam path = place.getAnnotation(PathParam.class);
        QueryParam query = place.getAnnotation(QueryParam.class);
        HeaderParam header = place.getAnnotation(HeaderParam.class);
        if (path != null) addParameter(described, "path", path.value(), type);
        if (query != null) addParameter(described, "query", query.value(), type);
        boolean isStandard =
                header != null && Set.of("Authorization", "User-Agent").contains(header.value());
        if (header != null && !isStandard) addParameter(described, "header", header.value(), type);
    }

    private void addParameter(ObjectNode described, String in, String name, Type type) {
        ObjectNode parameter = described.withArrayProperty("parameters").addObject();
        parameter.put("name", name).put("in", in).put("required", in.equals("path"));
        schemas.put(parameter, type, Spelling.SNAKE);
    }

    private void addBody(ObjectNode described, Operation operation) {
        ObjectNode content = content(described.putObject("requestBody"));
        Optional<ObjectNode> read = ManagementFields.readBy(operation);
        if (read.isPresent()) content.set("schema", read.get());
        else schemas.put(content, bodyType(operation), spelling(operation, "read"));
    }

    private static Class<?> bodyType(Operation operation) {
        List<Class<?>> named =
                operation.namedClasses().filter(Class::isRecord).distinct().toList();
        if (named.size() != 1)
            throw new AssertionError(operation.method() + " reads one of " + named + ": which, cannot be told");
        return named.get(0);
    }

    private void addAnswer(ObjectNode success, Operation operation) {
        Set<Class<?>> made = operation
                .madeRecords()
                .filter(type -> type.getPackageName()
                        .equals(operation.method().getDeclaringClass().getPackageName()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (operation.hasBody() && !operation.isManagementOfShares()) made.removeAll(Parts.of(bodyType(operation)));
        made.removeIf(part ->
                made.stream().anyMatch(whole -> whole != part && Parts.of(whole).contains(part)));
        if (made.size() == 1 && operation.calls("Wire", spelling(operation, "ok") == Spelling.KEBAB ? "okKebab" : "ok"))
            schemas.put(content(success), made.iterator().next(), spelling(operation, "ok"));
        else if (made.isEmpty() && !operation.calls("Wire", "page"))
            kept(operation).ifPresent(info -> schemas.put(content(success), info, Spelling.SNAKE));
    }

    private static Optional<Class<?>> kept(Operation operation) {
        return KEPT.entrySet().stream()
                .filter(entry -> operation.calls(entry.getKey(), "body"))
                .<Class<?>>map(entry -> wireBody(entry.getValue()))
                .findFirst();
    }

    private static Class<?> wireBody(String name) {
        try {
            return Class.forName("io.sluice.catalog.snapshot.WireBodies$" + name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Spelling spelling(Operation operation, String verb) {
        if (operation.calls("Wire", verb + "Kebab")) return Spelling.KEBAB;
        return operation.calls("Wire", verb + "Camel") ? Spelling.CAMEL : Spelling.SNAKE;
    }

    private static ObjectNode content(ObjectNode holder) {
        return holder.putObject("content").putObject("application/json");
    }
}
