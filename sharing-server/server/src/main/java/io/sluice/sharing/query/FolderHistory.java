package io.sluice.sharing.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.delta.VectorFiles;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.IndexedFile;
import io.sluice.lake.table.TableCommit;
import io.sluice.lake.table.TableLog;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.sharing.files.FileKeys;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a table's folder shows more than the versions from one on. What cannot be told counts as more. */
final class FolderHistory {
    private static final String LOG = "_delta_log/";
    private static final Pattern VERSIONED = Pattern.compile(LOG + "(\\d{20})\\..*");

    private final URI location;
    private final TableLog log;
    private final ObjectStore store;

    FolderHistory(URI location, TableLog log, ObjectStore store) {
        this.location = location;
        this.log = log;
        this.store = store;
    }

    /** An object that belongs to older versions only, or to none. Lists the whole folder, unless the log has one. */
    Optional<String> olderThan(long version) throws IOException {
        for (var objects = store.list(LOG, ""); objects.hasNext(); ) {
            String key = objects.next().key();
            if (tellsBefore(key, version)) return Optional.of(key);
        }
        Set<String> known = filesFrom(version);
        for (var objects = store.list("", ""); objects.hasNext(); ) {
            String key = objects.next().key();
            if (!key.startsWith(LOG) && !known.contains(key)) return Optional.of(key);
        }
        return Optional.empty();
    }

    private static boolean tellsBefore(String key, long version) {
        Matcher versioned = VERSIONED.matcher(key);
        if (versioned.matches()) return Long.parseLong(versioned.group(1)) < version;
        // A checkpoint's parts in a folder of their own do not tell what they are of.
        return !key.equals(LOG) && !key.equals(LOG + "_last_checkpoint");
    }

    private Set<String> filesFrom(long version) throws IOException {
        Set<String> keys = new HashSet<>();
        TableSnapshot first = log.snapshot(version);
        for (var files = first.files().indexed(); files.hasNext(); ) {
            IndexedFile file = files.next();
            keys.add(FileKeys.key(location, file.path()));
            if (file.hasOtherFields()) addVector(keys, file.otherFields());
        }
        long newest = log.latestVersion(version);
        for (long next = version + 1; next <= newest; next++)
            for (TableCommit commit : log.changes(next, next)) add(keys, commit);
        return keys;
    }

    private void add(Set<String> keys, TableCommit commit) {
        for (ObjectNode action : commit.actions())
            for (String kind : new String[] {"add", "cdc"})
                if (action.get(kind) instanceof ObjectNode file) {
                    keys.add(FileKeys.key(location, file.path("path").asText()));
                    addVector(keys, file);
                }
    }

    private void addVector(Set<String> keys, ObjectNode file) {
        JsonNode vector = file.path("deletionVector");
        if (vector instanceof ObjectNode described)
            VectorFiles.path(described).ifPresent(path -> keys.add(FileKeys.key(location, path)));
    }
}
