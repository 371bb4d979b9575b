package io.sluice.sharing.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.lake.table.Utf8;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** The lines of an answer in one format. */
public interface TableLines {
    static TableLines in(ResponseFormat format) {
        return switch (format) {
            case PARQUET -> new ParquetLines();
            case DELTA -> new DeltaLines(false);
        };
    }

    /** For an answer about several versions, some of which may hide rows that the first one does not. */
    static TableLines ofRange(ResponseFormat format, Capabilities asked) {
        boolean knowsVectors = asked.readerFeatures().contains("deletionvectors");
        return format == ResponseFormat.DELTA ? new DeltaLines(knowsVectors) : in(format);
    }

    ObjectNode protocol(TableSnapshot snapshot, OptionalLong version);

    ObjectNode metadata(TableSnapshot snapshot, Told told);

    /**
     * What recipients are told of a table beside what its log says.
     *
     * @param version where an answer spans several
     * @param hasChanges whether they may know that the table keeps a change data feed
     * @param folder where they can read it as a folder
     */
    record Told(OptionalLong version, boolean hasChanges, Optional<URI> folder) {
        /** The part that both formats tell alike. */
        void write(ObjectNode metadata, TableSnapshot snapshot) {
            version.ifPresent(at -> metadata.put("version", at));
            metadata.put("size", snapshot.bytes());
            metadata.put("numFiles", snapshot.files().size());
            ProtocolJson.putAccess(metadata, folder);
        }
    }

    /** One line, without its end. */
    void writeFile(JsonGenerator out, SignedFile file, FileIdHash ids) throws IOException;

    /** What a line says of its file. */
    enum Kind {
        /** It belongs to the table at the answered version. */
        FILE,
        ADD,
        REMOVE,
        CDF;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** When an action was committed. */
    record CommitPoint(long version, long timestampMillis) {
        void write(JsonGenerator out) throws IOException {
            out.writeNumberField("version", version);
            out.writeNumberField("timestamp", timestampMillis);
        }
    }

    /**
     * A URL, and what names the file behind it for ever.
     *
     * @param url in ASCII
     */
    record SignedPath(String path, Utf8 url) {
        void writeUrl(JsonGenerator out) throws IOException {
            out.writeRawUTF8String(url.bytes(), url.from(), url.length());
        }
    }

    /**
     * @param vector of the deletion vector's file, if it has one
     * @param commit empty for a file of a snapshot
     */
    record SignedFile(
            Kind kind,
            FileAction action,
            SignedPath file,
            Optional<SignedPath> vector,
            Optional<CommitPoint> commit,
            Instant urlExpiresAt) {}
}
