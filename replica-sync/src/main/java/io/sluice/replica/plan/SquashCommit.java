package io.sluice.replica.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.table.DataFile;
import io.sluice.lake.table.TableCommit;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.replica.Replica;
import io.sluice.replica.journal.UsageManifest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The one commit of a sync, in the terms of Delta's own CLONE. Its order: commitInfo, txn, protocol and metaData when
 * they changed, removes, adds. The {@code txn} makes the source version the replica's transaction; the usage manifest
 * rides in commitInfo.
 */
public final class SquashCommit {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String USAGE = "sluiceUsage";
    private static final List<String> COPIED_METADATA =
            List.of("format", "schemaString", "partitionColumns", "configuration");
    private static final List<String> KEPT_BY_REMOVE = List.of("partitionValues", "size", "deletionVector");

    private final Replica replica;
    private final SyncPlan plan;
    private final UsageManifest usage;
    private final Instant now;

    public SquashCommit(Replica replica, SyncPlan plan, UsageManifest usage, Instant now) {
        this.replica = replica;
        this.plan = plan;
        this.usage = usage;
        this.now = now;
    }

    /** The usage manifest that a commit of this replica carries, if it is one. */
    public static Optional<UsageManifest> usageIn(TableCommit commit, String replicaId) {
        return commit.actions().stream()
                .map(action -> action.path("commitInfo").path(USAGE))
                .filter(JsonNode::isObject)
                .map(UsageManifest::fromJson)
                .filter(manifest -> manifest.replicaId().equals(replicaId))
                .filter(manifest -> manifest.targetVersion() == commit.version())
                .findFirst();
    }

    public List<ObjectNode> actions() {
        List<ObjectNode> actions = new ArrayList<>();
        actions.add(action("commitInfo", commitInfo()));
        actions.add(action("txn", transaction()));
        changedProtocol().ifPresent(protocol -> actions.add(action("protocol", protocol)));
        changedMetadata().ifPresent(metadata -> actions.add(action("metaData", metadata)));
        plan.difference().removed().forEach(file -> actions.add(action("remove", remove(file))));
        plan.difference().added().forEach(file -> actions.add(action("add", add(file))));
        return actions;
    }

    private ObjectNode commitInfo() {
        ObjectNode info = JSON.createObjectNode();
        info.put("timestamp", now.toEpochMilli());
        info.put("operation", "CLONE");
        info.putObject("operationParameters")
                .put("source", replica.sourceLocation().toString())
                .put("sourceVersion", Long.toString(plan.toVersion()))
                .put("isShallow", "false");
        plan.target().snapshot().ifPresent(before -> info.put("readVersion", before.version()));
        info.put("isolationLevel", "Serializable");
        info.put("isBlindAppend", false);
        info.set("operationMetrics", metrics());
        info.put("engineInfo", "Sluice");
        // One id per receipt: a commit whose answer was lost is known again by it.
        info.put("txnId", usage.receipt().id());
        info.set(USAGE, usage.toJson());
        return info;
    }

    private ObjectNode metrics() {
        List<DataFile> removed = plan.difference().removed();
        ObjectNode metrics = JSON.createObjectNode();
        metrics.put("sourceTableSize", Long.toString(plan.source().bytes()));
        metrics.put("sourceNumOfFiles", Integer.toString(plan.source().files().size()));
        metrics.put("numCopiedFiles", Integer.toString(usage.receipt().files()));
        metrics.put("copiedFilesSize", Long.toString(usage.receipt().logical().bytes()));
        metrics.put("numRemovedFiles", Integer.toString(removed.size()));
        metrics.put(
                "removedFilesSize",
                Long.toString(removed.stream().mapToLong(DataFile::size).sum()));
        return metrics;
    }

    private ObjectNode transaction() {
        return JSON.createObjectNode()
                .put("appId", replica.id())
                .put("version", plan.toVersion())
                .put("lastUpdated", now.toEpochMilli());
    }

    private Optional<ObjectNode> changedProtocol() {
        ObjectNode wanted = plan.source().protocol();
        Optional<ObjectNode> present = plan.target().snapshot().map(TableSnapshot::protocol);
        return present.isPresent() && present.get().equals(wanted) ? Optional.empty() : Optional.of(wanted);
    }

    /** The source's schema and settings verbatim; identity, name and description are the replica's own. */
    private Optional<ObjectNode> changedMetadata() {
        ObjectNode metadata = plan.target()
                .snapshot()
                .map(before -> before.metadata().deepCopy())
                .orElseGet(this::ownIdentity);
        ObjectNode before = metadata.deepCopy();
        for (String field : COPIED_METADATA) {
            JsonNode value = plan.source().metadata().get(field);
            if (value == null) metadata.remove(field);
            else metadata.set(field, value);
        }
        return plan.target().snapshot().isPresent() && metadata.equals(before)
                ? Optional.empty()
                : Optional.of(metadata);
    }

    private ObjectNode ownIdentity() {
        UUID id = UUID.nameUUIDFromBytes(("sluice-replica:" + replica.id()).getBytes(StandardCharsets.UTF_8));
        return JSON.createObjectNode().put("id", id.toString()).put("createdTime", now.toEpochMilli());
    }

    private ObjectNode add(DataFile file) {
        ObjectNode add = file.add().deepCopy();
        add.put("dataChange", true);
        return add;
    }

    private ObjectNode remove(DataFile file) {
        ObjectNode remove = JSON.createObjectNode();
        remove.put("path", file.path());
        remove.put("deletionTimestamp", now.toEpochMilli());
        // An append-only source drops files only by rewriting them, so no row goes away here either.
        remove.put("dataChange", !isAppendOnly());
        remove.put("extendedFileMetadata", true);
        for (String field : KEPT_BY_REMOVE) {
            JsonNode value = file.add().get(field);
            if (value != null) remove.set(field, value);
        }
        return remove;
    }

    private boolean isAppendOnly() {
        JsonNode configuration = plan.source().metadata().path("configuration");
        return Boolean.parseBoolean(configuration.path("delta.appendOnly").asText("false"));
    }

    private static ObjectNode action(String name, ObjectNode body) {
        ObjectNode action = JSON.createObjectNode();
        action.set(name, body);
        return action;
    }
}
