package io.sluice.bench.conformance.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.bench.conformance.check.Check;
import io.sluice.bench.conformance.check.Group;
import io.sluice.bench.conformance.check.NotApplicable;
import io.sluice.bench.conformance.check.Rules;
import io.sluice.bench.conformance.share.SharedTable;
import io.sluice.bench.conformance.share.Trait;
import io.sluice.bench.conformance.share.World;
import io.sluice.bench.conformance.wire.Answer;
import io.sluice.bench.conformance.wire.FileLine;
import io.sluice.bench.conformance.wire.Lines;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a table is. */
final class MetadataRules {
    private MetadataRules() {}

    static List<Check> list() {
        return Rules.of(Group.METADATA)
                .rule("metadata answers exactly two lines: protocol and metaData", world -> {
                    Lines lines = world.plain().metadata().send().isOk().lines();
                    lines.head();
                    lines.answer()
                            .must(
                                    lines.texts().size() == 2,
                                    "2 lines",
                                    lines.texts().size());
                })
                .rule(
                        "metadata is sent as application/x-ndjson; charset=utf-8",
                        world -> world.plain().metadata().send().isOk().isNdjson())
                .rule(
                        "metadata tells the version in the header Delta-Table-Version",
                        world -> world.plain().metadata().send().isOk().version())
                .rule("In parquet format the protocol line says minReaderVersion 1", world -> {
                    Lines lines = world.plain().metadata().send().isOk().lines();
                    int found = lines.protocol().path("minReaderVersion").asInt();
                    lines.answer().must(found == 1, "minReaderVersion 1", lines.protocol());
                })
                .rule("metaData tells an id, a format of provider parquet, and partition columns", world -> {
                    Lines lines = world.plain().metadata().send().isOk().lines();
                    JsonNode table = lines.metadata();
                    boolean isWhole = table.path("id").isTextual()
                            && table.path("format").path("provider").asText().equals("parquet")
                            && table.path("partitionColumns").isArray();
                    lines.answer().must(isWhole, "id, format.provider parquet, partitionColumns[]", table);
                })
                .rule(
                        "schemaString is the JSON of a struct whose fields have name, type, nullable and metadata",
                        world -> {
                            Answer answer = world.plain().metadata().send().isOk();
                            JsonNode schema = schema(answer.lines());
                            answer.must(schema.path("type").asText().equals("struct"), "a struct", schema);
                            for (JsonNode field : schema.path("fields"))
                                for (String part : List.of("name", "type", "nullable", "metadata"))
                                    answer.must(field.has(part), part + " of each field", field);
                        })
                .rule("Partition columns are columns of the schema", world -> {
                    Answer answer = world.table(Trait.PARTITIONED, Trait.PLAIN)
                            .metadata()
                            .send()
                            .isOk();
                    List<String> columns = new ArrayList<>();
                    schema(answer.lines())
                            .path("fields")
                            .forEach(field -> columns.add(field.path("name").asText()));
                    for (JsonNode column : answer.lines().metadata().path("partitionColumns"))
                        answer.must(columns.contains(column.asText()), "one of " + columns, column);
                })
                .rule("size and numFiles, where they are told, are those of the files", world -> {
                    SharedTable table = world.plain();
                    Answer answer = table.metadata().send().isOk();
                    List<FileLine> files =
                            table.query("{}").send().isOk().lines().files();
                    long bytes = files.stream().mapToLong(FileLine::size).sum();
                    JsonNode told = answer.lines().metadata();
                    answer.must(
                            told.path("numFiles").asLong(files.size()) == files.size(), files.size() + " files", told);
                    answer.must(told.path("size").asLong(bytes) == bytes, bytes + " bytes", told);
                })
                .rule("In delta format the lines hold Delta's own protocol and metadata", world -> {
                    Answer answer = world.plain()
                            .metadata()
                            .capabilities(SharedTable.READS_DELTA)
                            .send();
                    if (answer.status() == 400) throw new NotApplicable("The server does not serve the delta format.");
                    Lines lines = answer.isOk().lines();
                    answer.must(lines.protocol().has("deltaProtocol"), "deltaProtocol", lines.protocol());
                    answer.must(lines.metadata().has("deltaMetadata"), "deltaMetadata", lines.metadata());
                })
                .rule(
                        "A table that is not there is refused with 404",
                        world -> world.missing().metadata().send().is(404))
                .rule("metadata of the newest version by number is the same as without", world -> {
                    SharedTable table = oldMetadata(world);
                    String newest = table.metadata().send().isOk().lines().head();
                    Answer answer = table.metadata()
                            .param("version", table.version())
                            .send()
                            .isOk();
                    answer.must(answer.lines().head().equals(newest), newest, answer.text());
                })
                .rule("metadata of an old version tells that version", world -> {
                    SharedTable table = oldMetadata(world);
                    Answer answer = table.metadata()
                            .param("version", table.firstVersion())
                            .send()
                            .isOk();
                    answer.must(
                            answer.version() == table.firstVersion(),
                            "version " + table.firstVersion(),
                            answer.version());
                })
                .rule("metadata by the moment of a commit tells that commit's version", world -> {
                    SharedTable table = oldMetadata(world);
                    for (Map.Entry<Long, Instant> commit : History.of(table).distinctCommits()) {
                        Answer answer = table.metadata()
                                .param("timestamp", commit.getValue())
                                .send()
                                .isOk();
                        answer.must(
                                answer.version() == commit.getKey(), "version " + commit.getKey(), answer.version());
                    }
                })
                .rule("version and timestamp together are refused with 400", world -> {
                    SharedTable table = oldMetadata(world);
                    table.metadata()
                            .param("version", 0)
                            .param("timestamp", Instant.EPOCH)
                            .send()
                            .is(400);
                })
                // Where log files are missing servers say 400; 404 is said for a version that never was.
                .rule("metadata of a version that is not there yet is refused with 400 or 404", world -> {
                    SharedTable table = oldMetadata(world);
                    table.metadata()
                            .param("version", table.version() + 1_000)
                            .send()
                            .is(400, 404);
                })
                .rule(
                        "metadata of a negative version is refused with 400",
                        world -> oldMetadata(world)
                                .metadata()
                                .param("version", -1)
                                .send()
                                .is(400))
                .rule("metadata of an old version is refused with 400 or 403 where history is not shared", world -> {
                    oldMetadata(world);
                    world.without(Trait.HISTORY)
                            .metadata()
                            .param("version", 0)
                            .send()
                            .is(400, 403);
                })
                .list();
    }

    /** Old servers do not know these parameters and pass them over (they came in June 2026). */
    private static SharedTable oldMetadata(World world) throws IOException, InterruptedException {
        SharedTable table = world.table(Trait.HISTORY, Trait.PLAIN, Trait.SEVERAL_VERSIONS);
        if (table.metadata()
                .param("version", table.version() + 1_000_000)
                .send()
                .succeeded()) throw new NotApplicable("The server does not know metadata of old versions.");
        return table;
    }

    static JsonNode schema(Lines lines) {
        String text = lines.schemaOwner().path("schemaString").asText();
        return lines.answer().parsed(text);
    }
}
