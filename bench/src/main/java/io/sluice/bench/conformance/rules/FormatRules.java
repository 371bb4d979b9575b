package io.sluice.bench.conformance.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.bench.conformance.check.Check;
import io.sluice.bench.conformance.check.Group;
import io.sluice.bench.conformance.check.NotApplicable;
import io.sluice.bench.conformance.check.Rules;
import io.sluice.bench.conformance.share.KnownTable;
import io.sluice.bench.conformance.share.SharedTable;
import io.sluice.bench.conformance.share.Trait;
import io.sluice.bench.conformance.share.World;
import io.sluice.bench.conformance.wire.Answer;
import io.sluice.bench.conformance.wire.FileLine;
import io.sluice.bench.conformance.wire.Lines;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/** Parquet for everybody, delta for tables that not everybody can read. */
final class FormatRules {
    private FormatRules() {}

    static List<Check> list() {
        return Rules.of(Group.FORMATS)
                .rule("In delta format each file line wraps one action of Delta, whose path is a URL", world -> {
                    SharedTable table = delta(world);
                    Lines lines = table.query("{}")
                            .capabilities(SharedTable.READS_DELTA)
                            .send()
                            .isOk()
                            .lines();
                    for (FileLine file : lines.files()) {
                        lines.answer().must(file.line().has("deltaSingleAction"), "deltaSingleAction", file.kind());
                        lines.answer().must(file.url().startsWith("http"), "a URL", "another path");
                        lines.answer().must(file.size() > 0 && !file.id().isEmpty(), "an id and a size", file.size());
                    }
                })
                .rule("Both formats tell the same files", world -> {
                    SharedTable table = delta(world);
                    Answer parquet = table.query("{}").send().isOk();
                    Answer answer = table.query("{}")
                            .capabilities(SharedTable.READS_DELTA)
                            .send()
                            .isOk();
                    answer.must(
                            sizes(answer.lines()).equals(sizes(parquet.lines())), "files of the same sizes", "others");
                })
                .rule(
                        "The URLs of the delta format can be fetched",
                        world -> Parquet.requireMagic(delta(world)
                                .query("{}")
                                .capabilities(SharedTable.READS_DELTA)
                                .send()
                                .isOk()
                                .lines()
                                .files()
                                .get(0)))
                .rule("Who knows no features is told reader version 1 of a table that uses none", world -> {
                    Answer answer = delta(world)
                            .metadata()
                            .capabilities("responseformat=delta")
                            .send()
                            .isOk();
                    JsonNode protocol = answer.lines().protocol().path("deltaProtocol");
                    answer.must(protocol.path("minReaderVersion").asInt() == 1, "minReaderVersion 1", protocol);
                })
                // A reader of parquet would see the deleted rows.
                .rule("A table with deletion vectors is refused with 400 to who takes parquet only", world -> {
                    SharedTable table = world.table(Trait.DELETION_VECTORS);
                    table.query("{}").send().is(400);
                    table.query("{}")
                            .capabilities("responseformat=parquet")
                            .send()
                            .is(400);
                })
                .rule(
                        "A table with deletion vectors is refused with 400 to who does not know them",
                        world -> world.table(Trait.DELETION_VECTORS)
                                .query("{}")
                                .capabilities("responseformat=delta")
                                .send()
                                .is(400))
                .rule("A table with deletion vectors is answered in delta format to who takes both", world -> {
                    Answer answer = advanced(world.table(Trait.DELETION_VECTORS), "{}");
                    answer.must(
                            answer.lines().isDelta(),
                            "delta format",
                            answer.lines().protocol());
                    answer.must(answer.claims("responseformat=delta"), "responseformat=delta in the header", "not");
                })
                .rule(
                        "The protocol line of a table with deletion vectors names that feature",
                        world -> requireFeature(advanced(world.table(Trait.DELETION_VECTORS), "{}"), "deletionVectors"))
                .rule("Deletion vectors in files have a URL (storageType p) and the file's id", world -> {
                    Answer answer = advanced(world.table(Trait.DELETION_VECTORS), "{}");
                    for (FileLine file : vectors(answer)) {
                        JsonNode vector = file.deletionVector();
                        if (vector.path("storageType").asText().equals("i")) continue;
                        answer.must(
                                vector.path("storageType").asText().equals("p"),
                                "storageType p",
                                vector.path("storageType"));
                        answer.must(vector.path("pathOrInlineDv").asText().startsWith("http"), "a URL", "another path");
                        answer.must(
                                file.line().path("deletionVectorFileId").isTextual(), "deletionVectorFileId", "none");
                    }
                })
                .rule("The URL of a deletion vector leads to a vector of the told size", world -> {
                    Answer answer = advanced(world.table(Trait.DELETION_VECTORS), "{}");
                    for (FileLine file : vectors(answer)) requireVector(file);
                })
                .rule("The moment limitHint is met counts only rows that are not deleted", world -> {
                    SharedTable table = world.known(KnownTable.DELETED_ROWS);
                    Answer answer = advanced(table, "{\"limitHint\":6}");
                    long rows = answer.lines().files().stream()
                            .mapToLong(file -> file.rows().orElse(0))
                            .sum();
                    answer.must(rows >= 6, "6 rows or more", rows);
                })
                .rule(
                        "A table with mapped columns is refused with 400 to who takes parquet only",
                        world -> world.table(Trait.COLUMN_MAPPING)
                                .query("{}")
                                .send()
                                .is(400))
                .rule(
                        "A table with mapped columns is refused with 400 to who does not know of mapping",
                        world -> world.table(Trait.COLUMN_MAPPING)
                                .query("{}")
                                .capabilities("responseformat=delta;readerfeatures=deletionvectors")
                                .send()
                                .is(400))
                .rule("The schema of a table with mapped columns tells ids and physical names", world -> {
                    Answer answer = advanced(world.table(Trait.COLUMN_MAPPING), "{}");
                    for (JsonNode field : MetadataRules.schema(answer.lines()).path("fields"))
                        for (String key : List.of("delta.columnMapping.id", "delta.columnMapping.physicalName"))
                            answer.must(field.path("metadata").has(key), key + " of each column", field);
                })
                .rule("The configuration of a table with mapped columns tells the mode", world -> {
                    Answer answer = advanced(world.table(Trait.COLUMN_MAPPING), "{}");
                    String mode = answer.lines()
                            .schemaOwner()
                            .path("configuration")
                            .path("delta.columnMapping.mode")
                            .asText();
                    answer.must(Set.of("name", "id").contains(mode), "name or id", mode);
                })
                .rule(
                        "The files of a table with mapped columns can be fetched",
                        world -> Parquet.requireMagic(advanced(world.table(Trait.COLUMN_MAPPING, Trait.FILLED), "{}")
                                .lines()
                                .files()
                                .get(0)))
                .list();
    }

    static void requireDelta(SharedTable table) throws IOException, InterruptedException {
        if (table.query("{\"limitHint\":1}")
                        .capabilities(SharedTable.READS_DELTA)
                        .send()
                        .status()
                == 400) throw new NotApplicable("The server does not serve the delta format.");
    }

    private static SharedTable delta(World world) throws IOException, InterruptedException {
        requireDelta(world.plain());
        return world.plain();
    }

    private static Answer advanced(SharedTable table, String body) throws IOException, InterruptedException {
        return table.query(body).capabilities(SharedTable.READS_ALL).send().isOk();
    }

    private static List<FileLine> vectors(Answer answer) {
        return answer.lines().files().stream()
                .filter(file -> file.deletionVector().isObject())
                .toList();
    }

    private static List<Long> sizes(Lines lines) {
        return lines.files().stream().map(FileLine::size).sorted().toList();
    }

    /** By the list of features, or by the reader version that meant it before there was a list. */
    private static void requireFeature(Answer answer, String feature) {
        JsonNode protocol = answer.lines().protocol().path("deltaProtocol");
        boolean isNamed = false;
        for (JsonNode named : protocol.path("readerFeatures"))
            isNamed |= named.asText().equals(feature);
        answer.must(isNamed, feature + " in readerFeatures", protocol);
    }

    /** The file holds the vector's length, big endian, at the told offset. */
    private static void requireVector(FileLine file) throws IOException, InterruptedException {
        JsonNode vector = file.deletionVector();
        if (!vector.path("storageType").asText().equals("p")) return;
        int offset = vector.path("offset").asInt();
        Answer answer = file.answer()
                .call()
                .server()
                .file(vector.path("pathOrInlineDv").asText())
                .send()
                .isOk();
        answer.must(
                answer.body().length >= offset + 4, "a file longer than " + offset + " bytes", answer.body().length);
        int length = ByteBuffer.wrap(answer.body()).getInt(offset);
        answer.must(length == vector.path("sizeInBytes").asInt(), vector.path("sizeInBytes") + " bytes", length);
    }
}
