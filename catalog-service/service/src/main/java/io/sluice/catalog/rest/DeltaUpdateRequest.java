package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.catalog.commits.DeltaAlone;
import io.sluice.catalog.commits.DeltaSchema;
import io.sluice.catalog.commits.SnapshotVersion;
import io.sluice.catalog.commits.StagedCommit;
import io.sluice.catalog.commits.TableChange;
import io.sluice.catalog.commits.TableUpdate;
import io.sluice.catalog.record.Column;
import io.sluice.model.failure.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request to change a table, as Delta's API has it: what must hold, and what to do then. */
record DeltaUpdateRequest(
        @Nullable List<Requirement> requirements, @Nullable List<Action> updates) {
    private static final String ASSERT_UUID = "assert-table-uuid";
    private static final String ASSERT_ETAG = "assert-etag";
    private static final String SET_COLUMNS = "set-columns";
    private static final String SET_PARTITIONS = "set-partition-columns";
    private static final String ADD_COMMIT = "add-commit";
    private static final String SET_BACKFILLED = "set-latest-backfilled-version";

    record Requirement(
            @Nullable String type,
            @Nullable String uuid,
            @Nullable String etag) {}

    /** The fields of all actions; each has some of them. */
    record Action(
            @Nullable String action,
            @Nullable JsonNode updates,
            @Nullable List<String> removals,
            @Nullable JsonNode columns,
            @Nullable List<String> partitionColumns,
            @Nullable String comment,
            DeltaParts.@Nullable Commit commit,
            @Nullable JsonNode uniform,
            @Nullable Long latestPublishedVersion,
            DeltaParts.@Nullable Protocol protocol,
            @Nullable List<String> domains,
            @Nullable Long lastCommitVersion,
            @Nullable Long lastCommitTimestampMs) {}

    /** A name may have passed to another table since the caller loaded it, so the id must be told. */
    String tableId() {
        return DeltaParts.uuid("requirements.uuid", required(ASSERT_UUID).uuid());
    }

    private Requirement required(String type) {
        Requirement found = requirementsByType().get(type);
        if (found == null) throw Failure.invalid("The requirement %s is missing. Send it with each update.", type);
        return found;
    }

    TableUpdate update() {
        Requirement etag = requirementsByType().get(ASSERT_ETAG);
        Map<String, Action> actions = byAction();
        Action commit = actions.remove(ADD_COMMIT);
        Action backfill = actions.remove(SET_BACKFILLED);
        Action columns = actions.remove(SET_COLUMNS);
        Action partitions = actions.remove(SET_PARTITIONS);
        List<TableChange> changes = new ArrayList<>();
        if (columns != null || partitions != null) changes.add(shape(columns, partitions));
        actions.values().forEach(action -> changes.add(change(action)));
        return new TableUpdate(
                etag == null ? null : Fields.required("requirements.etag", etag.etag()),
                commit == null ? null : commit(commit),
                backfill == null
                        ? null
                        : Fields.required("updates.latest-published-version", backfill.latestPublishedVersion()),
                changes);
    }

    private Map<String, Requirement> requirementsByType() {
        Map<String, Requirement> byType = new LinkedHashMap<>();
        for (Requirement requirement : Fields.orEmpty(requirements)) {
            String type = Fields.required("requirements.type", requirement.type());
            if (!type.equals(ASSERT_UUID) && !type.equals(ASSERT_ETAG))
                throw Failure.invalid("The requirement %s is not known. Use %s or %s.", type, ASSERT_UUID, ASSERT_ETAG);
            if (byType.put(type, requirement) != null)
                throw Failure.invalid("The requirement %s is sent twice. Send it once.", type);
        }
        return byType;
    }

    private Map<String, Action> byAction() {
        Map<String, Action> byAction = new LinkedHashMap<>();
        for (Action action : Fields.orEmpty(updates)) {
            String name = Fields.required("updates.action", action.action());
            if (byAction.put(name, action) != null)
                throw Failure.invalid("The action %s is sent twice. Send it once.", name);
        }
        return byAction;
    }

    private static StagedCommit commit(Action action) {
        DeltaAlone.requireAbsent(DeltaParts.isPresent(action.uniform()));
        return Fields.required("updates.commit", action.commit()).read();
    }

    private static TableChange shape(@Nullable Action columns, @Nullable Action partitions) {
        @Nullable
        List<Column> read =
                columns == null ? null : DeltaSchema.read(Fields.required("updates.columns", columns.columns()));
        @Nullable
        List<String> names =
                partitions == null ? null : Fields.required("updates.partition-columns", partitions.partitionColumns());
        return new TableChange.SetShape(read, names);
    }

    private static TableChange change(Action action) {
        String name = String.valueOf(action.action());
        return switch (name) {
            case "set-properties" -> new TableChange.SetProperties(DeltaParts.properties(name, action.updates()));
            case "remove-properties" ->
                new TableChange.RemoveProperties(Fields.required("updates.removals", action.removals()));
            case "set-protocol" ->
                new TableChange.SetProtocol(
                        Fields.required("updates.protocol", action.protocol()).read());
            case "set-table-comment" ->
                new TableChange.SetComment(Fields.required("updates.comment", action.comment()));
            case "set-domain-metadata" ->
                new TableChange.SetDomainMetadata(
                        DeltaParts.domains(Fields.required("updates.updates", action.updates())));
            case "remove-domain-metadata" ->
                new TableChange.RemoveDomainMetadata(Fields.required("updates.domains", action.domains()));
            case "update-metadata-snapshot-version" ->
                new TableChange.SetSnapshotVersion(new SnapshotVersion(
                        Fields.required("updates.last-commit-version", action.lastCommitVersion()),
                        Fields.required("updates.last-commit-timestamp-ms", action.lastCommitTimestampMs())));
            default -> throw Failure.invalid("The action %s is not known. Leave it out.", name);
        };
    }
}
