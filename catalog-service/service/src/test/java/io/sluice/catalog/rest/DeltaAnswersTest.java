package io.sluice.catalog.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.catalog.commits.Commits.Unbackfilled;
import io.sluice.catalog.commits.StagedCommit;
import io.sluice.catalog.govern.DeltaTables.Loaded;
import io.sluice.catalog.record.Column;
import io.sluice.catalog.record.StagingRecord;
import io.sluice.catalog.record.Stamp;
import io.sluice.catalog.record.TableRecord;
import io.sluice.catalog.record.TableRecord.TableType;
import io.sluice.catalog.vending.VendedCredentials.S3Keys;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.Failure.Subject;
import io.sluice.model.name.TableName;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What Delta's clients read, byte for byte in meaning. */
class DeltaAnswersTest {
    private static final String ID = "2c5b1d5e-1111-4222-8333-444455556666";
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void aLoadedTableHasItsNewestCommitFirst() throws Exception {
        TableRecord table = new TableRecord(
                ID,
                TableName.of("c", "s", "t"),
                TableType.MANAGED,
                "DELTA",
                List.of(new Column("day", "date", "\"date\"", "DATE", null, null, null, 0, null, false, 0)),
                "s3://bucket/t",
                null,
                Map.of("delta.lastUpdateVersion", "1", "delta.lastCommitTimestamp", "11"),
                Stamp.created("ann", 5),
                7);
        Unbackfilled versions = new Unbackfilled(
                List.of(new StagedCommit(1, 11, "a.json", 100, 12), new StagedCommit(2, 21, "b.json", 200, 22)), 2);
        assertThat(JSON.readTree(Wire.kebab(DeltaAnswers.loaded(new Loaded(table, Optional.of(versions))))))
                .isEqualTo(JSON.readTree("""
                        {"metadata": {
                           "etag": "v7", "table-type": "MANAGED", "table-uuid": "%s", "location": "s3://bucket/t",
                           "created-time": 5, "updated-time": 5,
                           "columns": {"type": "struct", "fields": [
                             {"name": "day", "type": "date", "nullable": false, "metadata": {}}]},
                           "partition-columns": ["day"],
                           "properties": {"delta.lastUpdateVersion": "1", "delta.lastCommitTimestamp": "11"},
                           "last-commit-version": 1, "last-commit-timestamp-ms": 11},
                         "commits": [
                           {"version": 2, "timestamp": 21, "file-name": "b.json", "file-size": 200,
                            "file-modification-timestamp": 22},
                           {"version": 1, "timestamp": 11, "file-name": "a.json", "file-size": 100,
                            "file-modification-timestamp": 12}],
                         "uniform": null,
                         "latest-table-version": 2}""".formatted(ID)));
    }

    @Test
    void aStagingTableComesWithCredentialsAndWithWhatItsFirstCommitMustBring() throws Exception {
        StagingRecord staged = new StagingRecord(ID, "schema", "t", "s3://bucket/t", "ann", 5);
        S3Keys session = new S3Keys(
                "s3://bucket/t", "AK", "secret", Optional.of("token"), Optional.empty(), Instant.ofEpochMilli(900));
        assertThat(JSON.readTree(Wire.kebab(DeltaAnswers.staged(staged, session))))
                .isEqualTo(JSON.readTree("""
                        {"table-id": "%1$s", "table-type": "MANAGED", "location": "s3://bucket/t",
                         "storage-credentials": [{
                           "prefix": "s3://bucket/t", "operation": "READ_WRITE", "expiration-time-ms": 900,
                           "config": {
                             "s3.access-key-id": "AK", "s3.secret-access-key": "secret",
                             "s3.session-token": "token"}}],
                         "required-protocol": {
                           "min-reader-version": 3, "min-writer-version": 7,
                           "reader-features": [
                             "catalogManaged", "deletionVectors", "v2Checkpoint", "vacuumProtocolCheck"],
                           "writer-features": [
                             "catalogManaged", "deletionVectors", "inCommitTimestamp", "v2Checkpoint",
                             "vacuumProtocolCheck"]},
                         "suggested-protocol": {
                           "reader-features": ["columnMapping"],
                           "writer-features": ["columnMapping", "domainMetadata", "rowTracking"]},
                         "required-properties": {
                           "delta.checkpointPolicy": "v2",
                           "delta.enableDeletionVectors": "true",
                           "delta.enableInCommitTimestamps": "true",
                           "delta.checkpoint.writeStatsAsStruct": "true",
                           "delta.checkpoint.writeStatsAsJson": "true",
                           "io.unitycatalog.tableId": "%1$s"},
                         "suggested-properties": {
                           "delta.columnMapping.mode": "name",
                           "delta.columnMapping.maxColumnId": null,
                           "delta.enableRowTracking": "true",
                           "delta.randomizeFilePrefixes": "true",
                           "delta.parquet.compression.codec": "zstd",
                           "delta.rowTracking.materializedRowIdColumnName": null,
                           "delta.rowTracking.materializedRowCommitVersionColumnName": null}}""".formatted(ID)));
    }

    @Test
    void eachFailureHasATypeThatClientsKnow() throws Exception {
        assertError(Failure.invalid("x"), 400, "InvalidParameterValueException");
        assertError(Failure.unauthenticated("x"), 401, "NotAuthorizedException");
        assertError(Failure.denied("x"), 403, "PermissionDeniedException");
        assertError(Failure.keyRevoked("x"), 403, "PermissionDeniedException");
        assertError(Failure.notFound(Subject.CATALOG, "x"), 404, "NoSuchCatalogException");
        assertError(Failure.notFound(Subject.SCHEMA, "x"), 404, "NoSuchSchemaException");
        assertError(Failure.notFound(Subject.TABLE, "x"), 404, "NoSuchTableException");
        assertError(Failure.notFound(Subject.ANYTHING, "x"), 404, "NotFoundException");
        assertError(Failure.alreadyExists(Subject.TABLE, "x"), 409, "AlreadyExistsException");
        assertError(Failure.versionTaken("x"), 409, "CommitVersionConflictException");
        assertError(Failure.requirementNotMet("x"), 409, "UpdateRequirementConflictException");
        assertError(Failure.conflict("x"), 409, "UpdateRequirementConflictException");
        assertError(Failure.tooLarge("x"), 413, "BadRequestException");
        assertError(Failure.exhausted("x"), 429, "ResourceExhaustedException");
        assertError(Failure.unknownOutcome(new Exception(), "x"), 500, "CommitStateUnknownException");
        assertError(Failure.unsupported("x"), 501, "NotImplementedException");
        assertError(Failure.unavailable(null, "x"), 503, "InternalServerErrorException");
    }

    private static void assertError(Failure failure, int status, String type) throws Exception {
        Response answer = DeltaErrors.render(failure);
        assertThat(answer.getStatus()).isEqualTo(status);
        assertThat(JSON.readTree((byte[]) answer.getEntity()))
                .isEqualTo(JSON.readTree("{\"error\":{\"message\":\"x\",\"type\":\"" + type + "\",\"code\":" + status
                        + ",\"stack\":[]}}"));
    }
}
