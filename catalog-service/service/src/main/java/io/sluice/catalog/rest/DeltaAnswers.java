package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.commits.Commits.Unbackfilled;
import io.sluice.catalog.commits.DeltaProtocol;
import io.sluice.catalog.commits.DeltaSchema;
import io.sluice.catalog.commits.ManagedContract;
import io.sluice.catalog.commits.Partitions;
import io.sluice.catalog.commits.SnapshotVersion;
import io.sluice.catalog.commits.StagedCommit;
import io.sluice.catalog.commits.TableUpdate;
import io.sluice.catalog.govern.DeltaTables;
import io.sluice.catalog.record.StagingRecord;
import io.sluice.catalog.record.TableRecord;
import io.sluice.catalog.vending.Access;
import io.sluice.catalog.vending.VendedCredentials;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers of Delta's API about tables; written in kebab-case. */
final class DeltaAnswers {
    private DeltaAnswers() {}

    record StagingTable(
            String tableId,
            TableRecord.TableType tableType,
            String location,
            List<ObjectNode> storageCredentials,
            DeltaProtocol requiredProtocol,
            Features suggestedProtocol,
            Map<String, String> requiredProperties,
            Map<String, @Nullable String> suggestedProperties) {}

    record Features(List<String> readerFeatures, List<String> writerFeatures) {}

    static StagingTable staged(StagingRecord staged, VendedCredentials credentials) {
        return new StagingTable(
                staged.id(),
                TableRecord.TableType.MANAGED,
                staged.location(),
                List.of(DeltaCredentialsResource.body(credentials, Access.READ_WRITE)),
                ManagedContract.REQUIRED,
                new Features(ManagedContract.SUGGESTED_READER_FEATURES, ManagedContract.SUGGESTED_WRITER_FEATURES),
                ManagedContract.requiredProperties(staged.id()),
                ManagedContract.suggestedProperties());
    }

    /**
     * @param commits the newest first
     * @param latestTableVersion of every commit, while {@code lastCommitVersion} is of those that changed the metadata
     */
    record LoadedTable(
            Metadata metadata,
            List<StagedCommit> commits,
            @Nullable Object uniform,
            @Nullable Long latestTableVersion) {}

    record Metadata(
            String etag,
            TableRecord.TableType tableType,
            String tableUuid,
            String location,
            long createdTime,
            long updatedTime,
            ObjectNode columns,
            List<String> partitionColumns,
            Map<String, String> properties,
            @Nullable Long lastCommitVersion,
            @Nullable Long lastCommitTimestampMs) {}

    static LoadedTable loaded(DeltaTables.Loaded loaded) {
        List<StagedCommit> newestFirst = loaded.versions().map(Unbackfilled::commits).orElse(List.of()).stream()
                .sorted(Comparator.comparing(StagedCommit::version).reversed())
                .toList();
        return new LoadedTable(
                metadata(loaded.table()),
                newestFirst,
                null,
                loaded.versions().map(Unbackfilled::latestVersion).orElse(null));
    }

    private static Metadata metadata(TableRecord table) {
        Optional<SnapshotVersion> last = SnapshotVersion.of(table);
        return new Metadata(
                TableUpdate.etagOf(table),
                table.tableType(),
                table.id(),
                table.location(),
                table.stamp().createdAt(),
                table.stamp().updatedAt(),
                DeltaSchema.write(table.columns()),
                Partitions.namesOf(table.columns()),
                table.properties(),
                last.map(SnapshotVersion::version).orElse(null),
                last.map(SnapshotVersion::timestamp).orElse(null));
    }
}
