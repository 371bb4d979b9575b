package io.sluice.sharing.share;

import io.sluice.model.name.TableName;
import io.sluice.sharing.internal.Sql;
import io.sluice.sharing.recipient.RecipientId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** One SQL text for SQLite and PostgreSQL. */
public final class JdbcShareStore implements ShareStore {
    @Override
    public boolean insert(Connection connection, Share share) {
        Update insert = Sql.over(connection)
                .createUpdate("INSERT INTO sharing_share (share_id, name, owner, comment, url_life_seconds,"
                        + " created_at, created_by, updated_at, updated_by) VALUES (:id, :name, :owner, :comment,"
                        + " :urlLife, :createdAt, :createdBy,"
                        + " :updatedAt, :updatedBy) ON CONFLICT DO NOTHING");
        return bind(insert, share).execute() == 1;
    }

    @Override
    public boolean update(Connection connection, Share share) {
        // Asked first because a violated constraint would end the whole transaction on PostgreSQL.
        if (find(connection, share.name())
                .filter(holder -> !holder.id().equals(share.id()))
                .isPresent()) return false;
        Update update = Sql.over(connection)
                .createUpdate("UPDATE sharing_share SET name = :name, owner = :owner, comment = :comment,"
                        + " url_life_seconds = :urlLife, created_at = :createdAt, created_by = :createdBy, updated_at = :updatedAt, updated_by = :updatedBy"
                        + " WHERE share_id = :id");
        return bind(update, share).execute() == 1;
    }

    @Override
    public void delete(Connection connection, ShareId id) {
        for (String table :
                List.of("sharing_grant", "sharing_object", "sharing_schema", "sharing_asset", "sharing_share"))
            Sql.over(connection)
                    .createUpdate("DELETE FROM " + table + " WHERE share_id = :id")
                    .bind("id", id.value())
                    .execute();
    }

    @Override
    public Optional<Share> find(Connection connection, ShareName name) {
        return Sql.over(connection)
                .createQuery("SELECT * FROM sharing_share WHERE name = :name")
                .bind("name", name.value())
                .map(JdbcShareStore::share)
                .findOne();
    }

    @Override
    public List<Share> all(Connection connection) {
        return Sql.over(connection)
                .createQuery("SELECT * FROM sharing_share")
                .map(JdbcShareStore::share)
                .list();
    }

    @Override
    public boolean addObject(Connection connection, SharedObject object) {
        return Sql.over(connection)
                        .createUpdate("INSERT INTO sharing_object (share_id, table_id, table_name, schema_as, table_as,"
                                + " comment, added_at, added_by, history_shared, cdf_enabled, start_version, partitions)"
                                + " VALUES (:share, :tableId, :table, :schemaAs, :tableAs, :comment, :addedAt,"
                                + " :addedBy, :history, :cdf, :start, :partitions) ON CONFLICT DO NOTHING")
                        .bind("share", object.share().value())
                        .bind("tableId", object.tableId())
                        .bind("table", object.table().toString())
                        .bind("schemaAs", object.sharedAs().schema())
                        .bind("tableAs", object.sharedAs().table())
                        .bind("comment", object.comment().orElse(null))
                        .bind("addedAt", object.addedAt().toEpochMilli())
                        .bind("addedBy", object.addedBy())
                        .bind("history", object.history().hasVersions() ? 1L : 0L)
                        .bind("cdf", object.history().hasChanges() ? 1L : 0L)
                        .bind("start", object.history().startVersion())
                        .bind("partitions", partitions(object))
                        .execute()
                == 1;
    }

    @Override
    public boolean removeObject(Connection connection, SharedObject object) {
        return Sql.over(connection)
                        .createUpdate("DELETE FROM sharing_object WHERE share_id = :share AND table_name = :table")
                        .bind("share", object.share().value())
                        .bind("table", object.table().toString())
                        .execute()
                == 1;
    }

    @Override
    public List<SharedObject> objectsOf(Connection connection, ShareId share) {
        return Sql.over(connection)
                .createQuery("SELECT * FROM sharing_object WHERE share_id = :share ORDER BY schema_as, table_as")
                .bind("share", share.value())
                .map(JdbcShareStore::object)
                .list();
    }

    @Override
    public List<SharedObject> allObjects(Connection connection) {
        return Sql.over(connection)
                .createQuery("SELECT * FROM sharing_object")
                .map(JdbcShareStore::object)
                .list();
    }

    @Override
    public boolean addSchema(Connection connection, SharedSchema schema) {
        return SchemaRows.insert(connection, schema);
    }

    @Override
    public void removeSchema(Connection connection, SharedSchema schema) {
        SchemaRows.delete(connection, schema);
    }

    @Override
    public List<SharedSchema> schemasOf(Connection connection, ShareId share) {
        return SchemaRows.of(connection, share);
    }

    @Override
    public List<SharedSchema> allSchemas(Connection connection) {
        return SchemaRows.all(connection);
    }

    @Override
    public boolean addAsset(Connection connection, SharedAsset asset) {
        return AssetRows.insert(connection, asset);
    }

    @Override
    public void removeAsset(Connection connection, SharedAsset asset) {
        AssetRows.delete(connection, asset);
    }

    @Override
    public List<SharedAsset> assetsOf(Connection connection, ShareId share) {
        return AssetRows.of(connection, share);
    }

    @Override
    public List<SharedAsset> allAssets(Connection connection) {
        return AssetRows.all(connection);
    }

    @Override
    public void grant(Connection connection, ShareGrant grant) {
        Sql.over(connection)
                .createUpdate(
                        "INSERT INTO sharing_grant (share_id, recipient_id, granted_at, granted_by) VALUES (:share,"
                                + " :recipient, :at, :by) ON CONFLICT DO NOTHING")
                .bind("share", grant.share().value())
                .bind("recipient", grant.recipient().value())
                .bind("at", grant.grantedAt().toEpochMilli())
                .bind("by", grant.grantedBy())
                .execute();
    }

    @Override
    public void revoke(Connection connection, ShareGrant grant) {
        Sql.over(connection)
                .createUpdate("DELETE FROM sharing_grant WHERE share_id = :share AND recipient_id = :recipient")
                .bind("share", grant.share().value())
                .bind("recipient", grant.recipient().value())
                .execute();
    }

    @Override
    public List<ShareGrant> allGrants(Connection connection) {
        return Sql.over(connection)
                .createQuery("SELECT * FROM sharing_grant")
                .map(JdbcShareStore::shareGrant)
                .list();
    }

    private static Update bind(Update statement, Share share) {
        return Sql.bind(statement, share.authorship())
                .bind("id", share.id().value())
                .bind("name", share.name().value())
                .bind("owner", share.owner())
                .bind("comment", share.comment().orElse(null))
                .bind("urlLife", share.urlLife().most().toSeconds());
    }

    private static Share share(ResultSet row, StatementContext context) throws SQLException {
        return new Share(
                new ShareId(row.getString("share_id")),
                ShareName.of(row.getString("name")),
                row.getString("owner"),
                Sql.text(row, "comment"),
                UrlLife.ofSeconds(row.getLong("url_life_seconds")),
                Sql.authorship(row));
    }

    private static SharedObject object(ResultSet row, StatementContext context) throws SQLException {
        return new SharedObject(
                new ShareId(row.getString("share_id")),
                row.getString("table_id"),
                TableName.parse(row.getString("table_name")),
                new SharedAs(row.getString("schema_as"), row.getString("table_as")),
                Sql.text(row, "comment"),
                new SharedHistory(
                        row.getLong("history_shared") == 1,
                        row.getLong("cdf_enabled") == 1,
                        row.getLong("start_version")),
                Sql.text(row, "partitions").map(PartitionsCodec::read).orElse(SharedPartitions.ALL),
                Sql.instant(row, "added_at"),
                row.getString("added_by"));
    }

    private static @Nullable String partitions(SharedObject object) {
        return object.partitions().isAll()
                ? null
                : PartitionsCodec.json(object.partitions()).toString();
    }

    private static ShareGrant shareGrant(ResultSet row, StatementContext context) throws SQLException {
        return new ShareGrant(
                new ShareId(row.getString("share_id")),
                new RecipientId(row.getString("recipient_id")),
                Sql.instant(row, "granted_at"),
                row.getString("granted_by"));
    }
}
