package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.server.Documented.Operation;
import io.sluice.server.PackagedServer.Answer;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation that is documented is asked in every wrong way we know. Shown after each: the request was refused in
 * its face's shape with its id, nothing of the inside was told, nothing was changed, and nothing surprised the server.
 */
class BadRequestsIT {
    private static final String UC = "/api/2.1/unity-catalog";
    /** Delta's clients know a fixed body; there, the id stands in the header alone. */
    private static final String DELTA = UC + "/delta/v1/";

    private static final Pattern INSIDE = Pattern.compile("\\b(?:java|javax|jakarta|io|com|org)\\.[a-z]+\\.\\w+"
            + "|Exception\\b|\\bat [\\w.$]+\\(|SELECT .* FROM|INSERT INTO|SQLITE_|jdbc:");
    /** The only thing that changes by itself. */
    private static final Pattern AGE = Pattern.compile("\"lease_age_seconds\":\\d+");

    private static final Pattern SERIES =
            Pattern.compile("sluice_http_requests_total\\{method=\"(\\w+)\",route=\"([^\"]+)\",status=\"(\\d+)\"}.*");

    /** Not an answer: the caller was gone before there was one. */
    private static final String HUNG_UP = "499";

    @TempDir
    private static Path data;

    private static PackagedServer server;
    private static Documented documented;
    private static String before;

    @BeforeAll
    static void start() throws Exception {
        documented = Documented.read();
        server = PackagedServer.dev(data, "--port", "0");
        before = state();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @AfterEach
    void nothingHasChangedAndNothingSurprised() throws Exception {
        assertThat(state()).isEqualTo(before);
        assertThat(server.output()).doesNotContain("unexpected failure", "ERROR [io.sl");
    }

    /** Each statement that was asked of the server must also be one that its document tells. */
    @AfterEach
    void everyStatusThatWasAnsweredIsDocumented() throws Exception {
        Figures.of(server)
                .text()
                .lines()
                .map(SERIES::matcher)
                .filter(Matcher::matches)
                .filter(series -> !series.group(3).equals(HUNG_UP))
                .forEach(series -> documented
                        .find(series.group(1), series.group(2))
                        .ifPresent(operation -> assertThat(operation.tells(series.group(3)))
                                .as(series.group())
                                .isTrue()));
    }

    @Test
    void bodiesThatAreNoJsonObjectAreRefused() throws Exception {
        List<String> bodies = List.of(
                "{",
                "{\"name\":",
                "{\"name\":\"x\"} {\"name\":\"y\"}",
                "[]",
                "[1,2]",
                "\"text\"",
                "42",
                "null",
                "<name>x</name>",
                "name=x&comment=y",
                "\u0000\u0001",
                "[".repeat(5_000),
                "{\"name\":".repeat(5_000));
        for (Operation operation : documented.operations())
            if (operation.hasBody())
                for (String body : bodies) assertRefused(operation.method(), operation.at("nope"), body);
    }

    @Test
    void fieldsOfTheWrongTypeAreRefused() throws Exception {
        for (Operation operation : documented.operations())
            for (Map.Entry<String, String> field : documented.fields(operation).entrySet()) {
                boolean isPlural = Set.of("object", "array").contains(field.getValue());
                String wrong = "{\"%s\":%s}".formatted(field.getKey(), isPlural ? "7" : "{\"a\":[7]}");
                assertRefused(operation.method(), operation.at("nope"), wrong);
            }
    }

    @Test
    void namesThatAreNoneAreRefused() throws Exception {
        List<String> names = List.of(
                "a".repeat(256),
                // Four of them in a path are still within what a line of HTTP may be.
                "a".repeat(900),
                "a%20b",
                "a.b.c.d.e",
                "..",
                "%2E%2E%2F%2E%2E%2Fetc%2Fpasswd",
                "%00",
                "%1F",
                "%E0%80",
                "%F0%9F%92%A7",
                "%27%3B%20DROP%20TABLE%20securable%3B--",
                "%3Cscript%3E",
                "%24%7Bjndi%3Aldap%7D");
        for (Operation operation : documented.operations())
            if (operation.hasPathParameters() && !operation.hasBody())
                for (String name : names)
                    if (!leadsElsewhere(operation, name)) assertRefused(operation.method(), operation.at(name), "");
        for (String name : List.of("", " ", "a b", "a.b", "a/b", "a".repeat(256), "a\\u0000"))
            for (String kind :
                    List.of("catalogs", "credentials", "external-locations", "shares", "recipients", "providers"))
                assertRefused("POST", UC + "/" + kind, "{\"name\":\"%s\",\"url\":\"s3://b/p\"}".formatted(name));
    }

    /** A step back is none of our names: providers/../shares are the shares, which are rightly answered. */
    private static boolean leadsElsewhere(Operation operation, String name) {
        String path = operation.at(name);
        String plain = URI.create(path).normalize().toString();
        return !plain.equals(path) && documented.find(operation.method(), plain).isPresent();
    }

    @Test
    void pagesThatCannotBeAreRefused() throws Exception {
        List<String> pages = List.of(
                "max_results=-1",
                "max_results=x",
                "max_results=99999999999",
                "page_token=%F0%9F%92%A7",
                "page_token=!");
        for (Operation operation : documented.operations())
            if (operation.takes("page_token"))
                for (String page : pages) assertRefused("GET", operation.at("nope") + "?" + page, "");
    }

    @Test
    void whatIsNotServedIsSaid() throws Exception {
        for (String path :
                List.of("/connections", "/metastores/a/systemschemas", "/catalogs/a/b/c", "/tables", "/nope?x=%27"))
            assertRefused("GET", UC + path, "");
        for (String path : List.of(UC + "/catalogs", UC + "/shares", "/api/1.0/sluice/replicas"))
            assertRefused("POST", path, "");
        for (String path : List.of("/nope", "/api", "/api/1.0/sluice/nope", "/delta-sharing/nope", "/files/nope"))
            assertRefused("GET", path, "");
        documented.methods().forEach((path, methods) -> {
            for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "PROPFIND"))
                if (!methods.contains(method)) assertRefused(method, path.replaceAll("\\{\\w+}", "nope"), "");
        });
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedOnEveryFace() throws Exception {
        String huge = "{\"name\":\"" + "x".repeat(11 << 20) + "\"}";
        for (String path : List.of(
                UC + "/catalogs",
                UC + "/shares",
                "/api/1.0/sluice/replicas",
                "/delta-sharing/shares/demo/schemas/sales/tables/orders/query"))
            assertThat(assertRefused("POST", path, huge).status()).as(path).isEqualTo(413);
    }

    @Test
    void headersThatMakeNoSenseAreRefused() throws Exception {
        for (String type : List.of(
                "text/plain",
                "application/xml",
                "multipart/form-data",
                "multipart/x; boundary=y",
                "application/x-www-form-urlencoded",
                "nonsense",
                "a/b;c=\"d")) assertRefused("POST", UC + "/catalogs", "<a/>", "Content-Type", type);
        assertRefused("GET", UC + "/catalogs", "", "Accept", "application/xml");
        for (String path : List.of(UC + "/catalogs", "/api/1.0/sluice/audit", "/delta-sharing/shares"))
            for (String token : List.of("", "x", "x".repeat(4_000), "%00"))
                assertThat(refused(server.as(token), "GET", path, "").status()).isEqualTo(401);
    }

    @Test
    void bytesThatAreNoRequestGetNoWordOfTheInside() throws Exception {
        for (String bytes : List.of(
                "NONSENSE\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "GET " + UC + "/catalogs HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                "POST " + UC + "/catalogs HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX-A: " + "a".repeat(100_000) + "\r\n\r\n"))
            assertThat(raw(bytes)).doesNotContainPattern(INSIDE);
    }

    private static String raw(String bytes) throws Exception {
        URI uri = server.uri();
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            InputStream in = socket.getInputStream();
            in.transferTo(answer);
            return answer.toString(StandardCharsets.ISO_8859_1);
        } catch (java.io.IOException e) {
            return ""; // cut off, which tells nothing
        }
    }

    private static Answer assertRefused(String method, String path, String body, String... headers) {
        return refused(server, method, path, body, headers);
    }

    private static Answer refused(PackagedServer as, String method, String path, String body, String... headers) {
        String what = "%s %.120s %.60s %s".formatted(method, path, body, String.join(" ", headers));
        try {
            Answer answer = as.send(method, path, body, headers);
            String told = what + " -> " + answer.status() + " " + answer.body();
            assertThat(answer.status()).as(told).isBetween(400, 501).isNotEqualTo(500);
            // The kinds of errors have such names in Delta's dialect.
            String inWords = answer.body().replaceAll("\"type\":\"\\w+Exception\"", "");
            assertThat(inWords).as(told).doesNotContainPattern(INSIDE);
            String requestId =
                    answer.response().headers().firstValue("x-request-id").orElseThrow();
            if (method.equals("HEAD")) return answer;
            if (!path.startsWith(DELTA)) assertThat(answer.body()).as(told).contains(requestId);
            assertThat(answer.json().findValuesAsText("message")).as(told).isNotEmpty();
            return answer;
        } catch (AssertionError e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(what, e);
        }
    }

    /** All that there is, as far as it can be listed. */
    private static String state() throws Exception {
        StringBuilder state = new StringBuilder();
        for (String list : List.of(
                UC + "/catalogs",
                UC + "/schemas?catalog_name=retail",
                UC + "/tables?catalog_name=retail&schema_name=sales",
                UC + "/volumes?catalog_name=retail&schema_name=sales",
                UC + "/functions?catalog_name=retail&schema_name=sales",
                UC + "/models?catalog_name=retail&schema_name=sales",
                UC + "/credentials",
                UC + "/external-locations",
                UC + "/permissions/catalog/retail",
                UC + "/shares",
                UC + "/recipients",
                UC + "/providers",
                "/api/1.0/unity-control/scim2/Users",
                "/api/1.0/unity-control/scim2/Groups",
                "/api/1.0/sluice/tokens",
                "/api/1.0/sluice/keys",
                "/api/1.0/sluice/replicas",
                "/api/1.0/sluice/audit")) {
            Answer answer = server.get(list);
            assertThat(answer.status()).as(list).isEqualTo(200);
            state.append(AGE.matcher(answer.body()).replaceAll("")).append('\n');
        }
        return state.toString();
    }
}
