package io.sluice.catalog.govern;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.govern.Assets.Draft;
import io.sluice.catalog.govern.Assets.Key;
import io.sluice.catalog.record.AssetRecord;
import io.sluice.catalog.record.ModelVersionRecord;
import io.sluice.catalog.record.ModelVersionRecord.Status;
import io.sluice.catalog.snapshot.AssetNode;
import io.sluice.catalog.store.ModelVersionStore;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.Failure.Subject;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.TableName;
import io.sluice.model.work.AuditEntry;
import io.sluice.model.work.Territory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Registered models and their versions. Versions are numbered from 1 and read from the store: a model may have many. */
public final class Models {
    private final Assets assets;
    private final Locator locate;
    private final ModelVersionStore versions;
    private final SqlUnitOfWork work;
    private final Clock clock;

    Models(Assets assets, Locator locate, ModelVersionStore versions, SqlUnitOfWork work, Clock clock) {
        this.assets = assets;
        this.locate = locate;
        this.versions = versions;
        this.work = work;
        this.clock = clock;
    }

    public static Key key(TableName name) {
        return new Key(SecurableType.REGISTERED_MODEL, name.schema(), name.table());
    }

    public AssetNode create(Caller caller, TableName name, @Nullable String comment) {
        Locator.InCatalog in = locate.enter(name.catalog());
        String id = UUID.randomUUID().toString();
        String location = ManagedStorage.location(
                in.catalog().catalog(), in.schema(name.schema()).schema(), "models", id);
        return assets.create(
                caller, key(name), id, new Draft(location, comment, JsonNodeFactory.instance.objectNode()));
    }

    /** A version with the model's name, which may have changed since the version was made. */
    public record Version(TableName model, ModelVersionRecord record) {}

    public Version createVersion(
            Caller caller, TableName name, String source, @Nullable String runId, @Nullable String comment) {
        AssetRecord model = assets.controlled(caller, key(name)).asset();
        String versionId = UUID.randomUUID().toString();
        ModelVersionRecord made = write(caller, "createModelVersion", name, connection -> {
            long next = versions.last(connection, model.id()) + 1;
            ModelVersionRecord record = ModelVersionRecord.pending(
                    versionId,
                    model.id(),
                    next,
                    model.location() + "/versions/" + versionId,
                    source,
                    runId,
                    comment,
                    caller.name(),
                    clock.millis());
            versions.insert(connection, record);
            return record;
        });
        return new Version(name, made);
    }

    public Version version(Caller caller, TableName name, long version) {
        AssetRecord model = assets.get(caller, key(name)).asset();
        return new Version(name, found(name, model, version));
    }

    /** The version for a caller who holds the privilege on the model. */
    public Version useVersion(Caller caller, TableName name, long version, Privilege privilege) {
        AssetRecord model = assets.use(caller, key(name), privilege);
        return new Version(name, found(name, model, version));
    }

    /** The version for its writer: the model's owner, until it was finalized. */
    public Version writableVersion(Caller caller, TableName name, long version) {
        AssetRecord model = assets.controlled(caller, key(name)).asset();
        ModelVersionRecord record = found(name, model, version);
        if (record.status() != Status.PENDING_REGISTRATION)
            throw Failure.denied("Version %d of model %s is finalized: its files do not change.", version, name);
        return new Version(name, record);
    }

    public Page<Version> list(Caller caller, TableName name, Page.Request request) {
        AssetRecord model = assets.get(caller, key(name)).asset();
        long after = request.after().map(Models::number).orElse(0L);
        List<ModelVersionRecord> found =
                work.read(connection -> versions.after(connection, model.id(), after, request.size() + 1));
        List<Version> items = found.stream()
                .limit(request.size())
                .map(record -> new Version(name, record))
                .toList();
        return found.size() <= request.size()
                ? Page.last(items)
                : Page.more(
                        items,
                        String.valueOf(items.get(items.size() - 1).record().version()));
    }

    /** Versions behind a number whose files are all there, for callers that have checked the right to them. */
    public List<ModelVersionRecord> finished(String modelId, long after, int most) {
        List<ModelVersionRecord> found = new ArrayList<>();
        long from = after;
        while (found.size() < most) {
            long behind = from;
            List<ModelVersionRecord> run = work.read(connection -> versions.after(connection, modelId, behind, most));
            for (ModelVersionRecord version : run)
                if (version.status() == Status.READY && found.size() < most) found.add(version);
            if (run.size() < most) break;
            from = run.get(run.size() - 1).version();
        }
        return found;
    }

    private static long number(String token) {
        try {
            return Long.parseLong(token);
        } catch (NumberFormatException e) {
            throw Failure.invalid("The page_token was not issued by this server. Start the list again.");
        }
    }

    public Version update(Caller caller, TableName name, long version, @Nullable String comment) {
        return change(caller, "updateModelVersion", name, version, now -> now.commented(comment));
    }

    /** The files are all there: nothing is written below the version's location any more. */
    public Version finalizeVersion(Caller caller, TableName name, long version) {
        return change(caller, "finalizeModelVersion", name, version, now -> {
            if (now.status() != Status.PENDING_REGISTRATION)
                throw Failure.invalid(
                        "Version %d of model %s is %s. Only a version that is pending can be finalized.",
                        version, name, now.status());
            return now.ready();
        });
    }

    private Version change(
            Caller caller, String action, TableName name, long version, UnaryOperator<ModelVersionRecord> change) {
        AssetRecord model = assets.controlled(caller, key(name)).asset();
        ModelVersionRecord next = change.apply(found(name, model, version)).touched(caller.name(), clock.millis());
        write(caller, action, name, connection -> {
            Versions.requireUpdated(versions.update(connection, next), "version " + version + " of model " + name);
            return next;
        });
        return new Version(name, next);
    }

    /** With {@code force} also a model that has versions. */
    public void delete(Caller caller, TableName name, boolean force) {
        AssetRecord model = assets.controlled(caller, key(name)).asset();
        if (!force && work.read(connection -> versions.last(connection, model.id())) > 0)
            throw Failure.invalid("Model %s still has versions. Delete them first, or pass force=true.", name);
        assets.delete(caller, key(name));
    }

    public void delete(Caller caller, TableName name, long version) {
        AssetRecord model = assets.controlled(caller, key(name)).asset();
        ModelVersionRecord record = found(name, model, version);
        write(caller, "deleteModelVersion", name, connection -> {
            versions.delete(connection, record);
            return record;
        });
    }

    private ModelVersionRecord found(TableName name, AssetRecord model, long version) {
        return work.read(connection -> versions.find(connection, model.id(), version))
                .orElseThrow(() -> Failure.notFound(Subject.ANYTHING, "Model %s has no version %d.", name, version));
    }

    private ModelVersionRecord write(Caller caller, String action, TableName name, Rows rows) {
        return work.write(Territory.of(name.catalog()), transaction -> {
            ModelVersionRecord record = rows.write(transaction.connection());
            transaction.audit(AuditEntry.done(
                    caller.name(),
                    "unityCatalog",
                    action,
                    Map.of("full_name", name.toString(), "version", String.valueOf(record.version()))));
            return record;
        });
    }

    private interface Rows {
        ModelVersionRecord write(Connection connection) throws SQLException;
    }
}
