package io.sluice.cli.tour;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.Exit;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.http.SluiceServer;
import io.sluice.cli.http.Unreachable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Somebody outside with a profile file and nothing else. Speaks Delta Sharing by hand on purpose: the witness of a
 * check should share no code with what it checks.
 */
final class Recipient {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int BAD_REQUEST = 400;

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final String endpoint;
    private final String token;

    private Recipient(String endpoint, String token) {
        this.endpoint = endpoint.replaceAll("/+$", "");
        this.token = token;
    }

    /** Reads the profile as the format demands it: version 1 or 2, endpoint and bearer token. */
    static Recipient of(JsonNode profile) {
        String endpoint = profile.path("endpoint").asText("");
        String token = profile.path("bearerToken").asText("");
        if (!profile.path("shareCredentialsVersion").isInt() || endpoint.isEmpty() || token.isEmpty())
            throw CommandFailure.difference(
                    "A recipient's profile lacks shareCredentialsVersion, endpoint or bearerToken.");
        return new Recipient(endpoint, token);
    }

    static Recipient fromFile(Path file) {
        try {
            return of(Json.parse(Files.readString(file)));
        } catch (JsonProcessingException e) {
            throw new CommandFailure(Exit.DIFFERENCE, "The profile %s is not JSON.".formatted(file), e);
        } catch (IOException e) {
            throw new CommandFailure(
                    Exit.FAILURE,
                    "The recipient profile %s cannot be read. Take the tour on the machine and as the user of \"sluice dev\"."
                            .formatted(file),
                    e);
        }
    }

    /** A shared table as the protocol names it. */
    record Shared(String share, String schema, String table) {
        @Override
        public String toString() {
            return schema + "." + table;
        }
    }

    /** A file line of an answer. The URL is a secret: it is a permission to read. */
    record SharedFile(URI url, long size, long rows) {}

    record SharedTable(long version, List<SharedFile> files) {
        long rows() {
            return files.stream().mapToLong(SharedFile::rows).sum();
        }

        long bytes() {
            return files.stream().mapToLong(SharedFile::size).sum();
        }
    }

    List<Shared> tables(String share) {
        JsonNode answer = jsonOf(sent("GET", Route.joined("shares", share, "all-tables"), ""));
        return Json.elements(answer.path("items")).stream()
                .map(item -> new Shared(
                        share, item.path("schema").asText(), item.path("name").asText()))
                .toList();
    }

    SharedTable query(Shared table) {
        return files(table, asked(table));
    }

    /** Empty where the files alone would show rows that were deleted: those a server must not give out like this. */
    Optional<SharedTable> queryPlain(Shared table) {
        HttpResponse<String> response = asked(table);
        return response.statusCode() == BAD_REQUEST ? Optional.empty() : Optional.of(files(table, response));
    }

    private static SharedTable files(Shared table, HttpResponse<String> response) {
        requireOk(response, "a query of " + table);
        long version =
                response.headers().firstValueAsLong("delta-table-version").orElse(-1);
        return new SharedTable(
                version, response.body().lines().flatMap(Recipient::fileOf).toList());
    }

    /** The status alone, for whoever expects to be refused. */
    int queryStatus(Shared table) {
        return asked(table).statusCode();
    }

    byte[] download(SharedFile file) {
        return fetched(file, "", 200);
    }

    /** A part of a file, by a Range header as {@code bytes=0-3} has it. */
    byte[] range(SharedFile file, String range) {
        return fetched(file, range, 206);
    }

    int fileStatus(SharedFile file) {
        return fetch(file, "bytes=0-3").statusCode();
    }

    private HttpResponse<String> asked(Shared table) {
        String path =
                Route.joined("shares", table.share(), "schemas", table.schema(), "tables", table.table(), "query");
        return sent("POST", path, "{}");
    }

    private HttpResponse<String> sent(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("User-Agent", SluiceServer.USER_AGENT)
                .header("Content-Type", "application/json; charset=utf-8")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return Unreachable.guard(request.uri(), () -> http.send(request, BodyHandlers.ofString()));
    }

    private byte[] fetched(SharedFile file, String range, int expected) {
        HttpResponse<byte[]> response = fetch(file, range);
        if (response.statusCode() != expected)
            throw CommandFailure.difference(
                    "A file of the share answered %d%s; expected %d.",
                    response.statusCode(), range.isEmpty() ? "" : " to the range " + range, expected);
        return response.body();
    }

    private HttpResponse<byte[]> fetch(SharedFile file, String range) {
        HttpRequest.Builder request = HttpRequest.newBuilder(file.url()).timeout(PATIENCE);
        if (!range.isEmpty()) request.header("Range", range);
        return Unreachable.guard(file.url(), () -> http.send(request.build(), BodyHandlers.ofByteArray()));
    }

    private static Stream<SharedFile> fileOf(String line) {
        JsonNode file = parsed(line).path("file");
        if (file.isMissingNode()) return Stream.empty();
        // Statistics travel as JSON inside a JSON string.
        long rows = parsed(file.path("stats").asText("{}")).path("numRecords").asLong();
        return Stream.of(new SharedFile(
                URI.create(file.path("url").asText()), file.path("size").asLong(), rows));
    }

    private static JsonNode jsonOf(HttpResponse<String> response) {
        requireOk(response, "a list of shared tables");
        return parsed(response.body());
    }

    private static void requireOk(HttpResponse<String> response, String what) {
        if (response.statusCode() != 200)
            throw CommandFailure.difference("Asked as a recipient, %s answered %d.", what, response.statusCode());
    }

    private static JsonNode parsed(String line) {
        try {
            return Json.parse(line);
        } catch (JsonProcessingException e) {
            throw new CommandFailure(Exit.DIFFERENCE, "A sharing answer is not JSON.", e);
        }
    }
}
