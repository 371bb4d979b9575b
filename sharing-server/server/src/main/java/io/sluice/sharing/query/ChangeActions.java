package io.sluice.sharing.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.table.PartitionValues;
import io.sluice.lake.table.TableCommit;
import io.sluice.sharing.wire.FileAction;
import io.sluice.sharing.wire.TableLines.CommitPoint;
import io.sluice.sharing.wire.TableLines.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What one commit says to those who follow a table. */
record ChangeActions(TableCommit commit, CommitPoint point) {
    static ChangeActions of(TableCommit commit, Instant storedAt) {
        long millis = commit.actions().stream()
                .map(action -> action.path("commitInfo").path("inCommitTimestamp"))
                .filter(JsonNode::isIntegralNumber)
                .mapToLong(JsonNode::asLong)
                .findFirst()
                .orElse(storedAt.toEpochMilli());
        return new ChangeActions(commit, new CommitPoint(commit.version(), millis));
    }

    /** Without the files of other partitions. */
    ChangeActions inPartitions(Predicate<PartitionValues> shared) {
        List<ObjectNode> kept = commit.actions().stream()
                .filter(action -> Stream.of("add", "remove", "cdc")
                        .map(action::get)
                        .noneMatch(file -> file != null && isOfOther(file, shared)))
                .toList();
        return new ChangeActions(new TableCommit(commit.version(), kept), point);
    }

    private static boolean isOfOther(JsonNode file, Predicate<PartitionValues> shared) {
        return file.get("partitionValues") instanceof ObjectNode values && !shared.test(PartitionValues.of(values));
    }

    /** Whether it is known of each file to which partition it belongs. */
    boolean tellsPartitions() {
        return commit.actions().stream()
                .allMatch(action -> action.path("remove").isMissingNode()
                        || action.path("remove").path("partitionValues").isObject());
    }

    /** What was added and removed; rewriting files without changing rows is neither. */
    List<ListedAction.OfFile> filesChanged() {
        List<ListedAction.OfFile> files = new ArrayList<>();
        for (ObjectNode action : commit.actions()) {
            add(files, Kind.ADD, action.path("add"));
            add(files, Kind.REMOVE, action.path("remove"));
        }
        return files;
    }

    /** The rows changed: as the commit tells them itself, else by the files that it added and removed. */
    List<ListedAction.OfFile> rowsChanged() {
        List<ListedAction.OfFile> told = new ArrayList<>();
        for (ObjectNode action : commit.actions())
            if (action.get("cdc") instanceof ObjectNode cdc) told.add(listed(Kind.CDF, cdc));
        return told.isEmpty() ? filesChanged() : told;
    }

    Optional<ObjectNode> metadata() {
        return first("metaData");
    }

    Optional<ObjectNode> protocol() {
        return first("protocol");
    }

    boolean hasVectors() {
        return commit.actions().stream()
                .anyMatch(action -> action.path("add").hasNonNull("deletionVector")
                        || action.path("remove").hasNonNull("deletionVector"));
    }

    private Optional<ObjectNode> first(String name) {
        for (ObjectNode action : commit.actions())
            if (action.get(name) instanceof ObjectNode found) return Optional.of(found);
        return Optional.empty();
    }

    private void add(List<ListedAction.OfFile> files, Kind kind, JsonNode action) {
        if (action instanceof ObjectNode found && found.path("dataChange").asBoolean(true))
            files.add(listed(kind, found));
    }

    private ListedAction.OfFile listed(Kind kind, ObjectNode action) {
        return new ListedAction.OfFile(kind, new FileAction.Logged(action), Optional.of(point));
    }
}
