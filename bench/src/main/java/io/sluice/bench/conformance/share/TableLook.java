package io.sluice.bench.conformance.share;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.bench.conformance.wire.FileLine;
import io.sluice.bench.conformance.wire.Lines;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Tries one table, to see what it is good for. */
final class TableLook {
    private static final int MANY = 1_000;
    /** Of a table with many files these are enough to see what they are like. */
    private static final int GLANCE = 10;

    /** Before anything is known of it. */
    private final SharedTable plain;

    private final Set<Trait> traits = EnumSet.noneOf(Trait.class);

    TableLook(SharedTable plain) {
        this.plain = plain;
    }

    SharedTable table() throws IOException, InterruptedException {
        var answer = plain.metadata().capabilities(SharedTable.READS_ALL).send().isOk();
        long version = answer.version();
        Lines lines = answer.lines();
        note(Trait.PLAIN, plain.metadata().send().succeeded());
        noteFeatures(lines);
        List<FileLine> files = files(lines.metadata().path("numFiles").asLong(0));
        long count = Math.max(files.size(), lines.metadata().path("numFiles").asLong(0));
        noteFiles(files, count, lines);
        long first = noteHistory(version);
        note(Trait.DIRECTORY, plain.listed().path("accessModes").toString().contains("\"dir\""));
        return new SharedTable(plain.server(), plain.name(), plain.listed(), traits, count, first, version);
    }

    private void noteFeatures(Lines lines) {
        note(Trait.PARTITIONED, !lines.schemaOwner().path("partitionColumns").isEmpty());
        String mode = lines.schemaOwner()
                .path("configuration")
                .path("delta.columnMapping.mode")
                .asText("none");
        note(Trait.COLUMN_MAPPING, !mode.equals("none"));
    }

    private List<FileLine> files(long told) throws IOException, InterruptedException {
        String body = told >= MANY ? "{\"maxFiles\":" + GLANCE + "}" : "{}";
        return plain.query(body)
                .capabilities(SharedTable.READS_ALL)
                .send()
                .isOk()
                .lines()
                .files();
    }

    private void noteFiles(List<FileLine> files, long count, Lines lines) {
        note(Trait.FILLED, count >= 1);
        note(Trait.SEVERAL_FILES, count >= 2);
        note(Trait.MANY_FILES, count >= MANY);
        note(
                Trait.DELETION_VECTORS,
                files.stream().anyMatch(file -> file.deletionVector().isObject()));
        for (JsonNode column : lines.schemaOwner().path("partitionColumns"))
            if (files.stream().anyMatch(file -> file.partition(column.asText()).isEmpty()))
                traits.add(Trait.NULL_PARTITION);
    }

    /** @return the oldest version that may be read */
    private long noteHistory(long version) throws IOException, InterruptedException {
        boolean hasHistory = reads(version);
        note(Trait.HISTORY, hasHistory);
        note(
                Trait.CHANGES,
                plain.changes(version, version)
                        .capabilities(SharedTable.READS_ALL)
                        .send()
                        .succeeded());
        long first = hasHistory ? firstReadable(version) : version;
        note(Trait.SEVERAL_VERSIONS, first < version);
        return first;
    }

    /** History may be shared from some version on only, and its beginning may have been cleaned up. */
    private long firstReadable(long newest) throws IOException, InterruptedException {
        if (reads(0)) return 0;
        long tooOld = 0;
        long readable = newest;
        while (readable - tooOld > 1) {
            long middle = (tooOld + readable) / 2;
            if (reads(middle)) readable = middle;
            else tooOld = middle;
        }
        return readable;
    }

    private boolean reads(long version) throws IOException, InterruptedException {
        return plain.query("{\"version\":" + version + ",\"limitHint\":1}")
                .capabilities(SharedTable.READS_ALL)
                .send()
                .succeeded();
    }

    private void note(Trait trait, boolean isSeen) {
        if (isSeen) traits.add(trait);
    }
}
