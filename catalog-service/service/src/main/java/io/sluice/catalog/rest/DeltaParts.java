package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.catalog.commits.DeltaProtocol;
import io.sluice.catalog.commits.DomainMetadata;
import io.sluice.catalog.commits.StagedCommit;
import io.sluice.model.failure.Failure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What several requests of Delta's API are made of. */
final class DeltaParts {
    private DeltaParts() {}

    record Protocol(
            @Nullable Integer minReaderVersion,
            @Nullable Integer minWriterVersion,
            @Nullable List<String> readerFeatures,
            @Nullable List<String> writerFeatures) {

        DeltaProtocol read() {
            return new DeltaProtocol(
                    Fields.required("protocol.min-reader-version", minReaderVersion),
                    Fields.required("protocol.min-writer-version", minWriterVersion),
                    Fields.orEmpty(readerFeatures),
                    Fields.orEmpty(writerFeatures));
        }
    }

    record Commit(
            @Nullable Long version,
            @Nullable Long timestamp,
            @Nullable String fileName,
            @Nullable Long fileSize,
            @Nullable Long fileModificationTimestamp) {

        StagedCommit read() {
            return new StagedCommit(
                    Fields.required("commit.version", version),
                    Fields.required("commit.timestamp", timestamp),
                    Fields.required("commit.file-name", fileName),
                    Fields.required("commit.file-size", fileSize),
                    Fields.required("commit.file-modification-timestamp", fileModificationTimestamp));
        }
    }

    static boolean isPresent(@Nullable JsonNode node) {
        return node != null && !node.isNull();
    }

    /** In the spelling of the catalog, for a UUID may be written in more than one way. */
    static String uuid(String field, @Nullable String text) {
        String written = Fields.required(field, text);
        try {
            return UUID.fromString(written).toString();
        } catch (IllegalArgumentException e) {
            throw Failure.invalid("The field %s is \"%s\", which is not a UUID.", field, written);
        }
    }

    static Map<String, String> properties(String what, @Nullable JsonNode object) {
        if (object == null || !object.isObject())
            throw Failure.invalid("%s has no object of properties. Send names with their values.", what);
        Map<String, String> properties = new HashMap<>();
        object.fields().forEachRemaining(entry -> {
            if (!entry.getValue().isTextual())
                throw Failure.invalid("The value of the property %s is not a string. Quote it.", entry.getKey());
            properties.put(entry.getKey(), entry.getValue().asText());
        });
        return properties;
    }

    /** Domains that are null are not told of. */
    static DomainMetadata domains(JsonNode object) {
        Map<String, String> values = new HashMap<>();
        object.fields().forEachRemaining(entry -> {
            if (isPresent(entry.getValue())) values.put(entry.getKey(), domain(entry.getKey(), entry.getValue()));
        });
        return new DomainMetadata(values);
    }

    /** Within a domain names are as the log has them. */
    private static String domain(String name, JsonNode value) {
        return switch (name) {
            case DomainMetadata.CLUSTERING -> clusteringColumns(value.path("clusteringColumns"));
            case DomainMetadata.ROW_TRACKING -> highWaterMark(value.path("rowIdHighWaterMark"));
            // Refused, with the names of those that are known.
            default -> "";
        };
    }

    private static String clusteringColumns(JsonNode paths) {
        boolean isListOfPaths = paths.isArray();
        for (JsonNode path : paths) {
            isListOfPaths &= path.isArray() && !path.isEmpty();
            for (JsonNode name : path) isListOfPaths &= name.isTextual();
        }
        if (!isListOfPaths)
            throw Failure.invalid(
                    "clusteringColumns is not a list of paths of columns. Write [[\"a\"], [\"b\", \"c\"]].");
        return paths.toString();
    }

    private static String highWaterMark(JsonNode mark) {
        if (!mark.isIntegralNumber()) throw Failure.invalid("rowIdHighWaterMark is not a whole number.");
        return mark.asText();
    }
}
