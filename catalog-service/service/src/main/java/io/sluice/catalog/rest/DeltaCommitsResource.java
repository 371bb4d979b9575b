package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.catalog.commits.Commits.Unbackfilled;
import io.sluice.catalog.commits.DeltaAlone;
import io.sluice.catalog.commits.StagedCommit;
import io.sluice.catalog.commits.TableChange;
import io.sluice.catalog.commits.TableUpdate;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Commits of managed tables in their older form. What is asked for stands in the body of the GET, too. */
@Path("/api/2.1/unity-catalog/delta/preview/commits")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class DeltaCommitsResource {
    record CommitInfo(
            @Nullable Long version,
            @Nullable Long timestamp,
            @Nullable String fileName,
            @Nullable Long fileSize,
            @Nullable Long fileModificationTimestamp) {

        StagedCommit read() {
            return new StagedCommit(
                    Fields.required("commit_info.version", version),
                    Fields.required("commit_info.timestamp", timestamp),
                    Fields.required("commit_info.file_name", fileName),
                    Fields.required("commit_info.file_size", fileSize),
                    Fields.required("commit_info.file_modification_timestamp", fileModificationTimestamp));
        }
    }

    record Metadata(
            @Nullable String description,
            @Nullable Schema schema,
            @Nullable Properties properties) {

        List<TableChange> read() {
            List<TableChange> changes = new ArrayList<>();
            if (description != null) changes.add(new TableChange.SetComment(description));
            if (schema != null && schema.columns() != null)
                changes.add(new TableChange.SetShape(TablesResource.WireColumn.all(schema.columns()), null));
            if (properties != null && properties.properties() != null)
                changes.add(new TableChange.ReplaceProperties(properties.properties()));
            return changes;
        }
    }

    record Schema(@Nullable List<TablesResource.WireColumn> columns) {}

    record Properties(@Nullable Map<String, String> properties) {}

    record Commit(
            @Nullable String tableId,
            @Nullable String tableUri,
            @Nullable CommitInfo commitInfo,
            @Nullable Long latestBackfilledVersion,
            @Nullable Metadata metadata,
            @Nullable JsonNode uniform) {}

    record GetCommits(
            @Nullable String tableId,
            @Nullable String tableUri,
            @Nullable Long startVersion,
            @Nullable Long endVersion) {}

    @POST
    public Response commit(byte[] body, @Context SecurityContext security) {
        Commit wanted = Wire.read(body, Commit.class);
        DeltaAlone.requireAbsent(wanted.uniform() != null && !wanted.uniform().isNull());
        Callers.metastore(security)
                .managedTables()
                .commit(
                        Callers.of(security),
                        Fields.required("table_id", wanted.tableId()),
                        Fields.required("table_uri", wanted.tableUri()),
                        new TableUpdate(
                                null,
                                Fields.map(wanted.commitInfo(), CommitInfo::read),
                                wanted.latestBackfilledVersion(),
                                wanted.metadata() == null
                                        ? List.of()
                                        : wanted.metadata().read()));
        return Wire.ok(Wire.object());
    }

    record CommitList(List<StagedCommit> commits, long latestTableVersion) {}

    @GET
    public Response commits(byte[] body, @Context SecurityContext security) {
        GetCommits wanted = Wire.read(body, GetCommits.class);
        long first = Fields.required("start_version", wanted.startVersion());
        Unbackfilled found = Callers.metastore(security)
                .managedTables()
                .commits(
                        Callers.of(security),
                        Fields.required("table_id", wanted.tableId()),
                        Fields.required("table_uri", wanted.tableUri()),
                        first,
                        wanted.endVersion() == null ? Long.MAX_VALUE : wanted.endVersion());
        return Wire.ok(new CommitList(found.commits(), found.latestVersion()));
    }
}
