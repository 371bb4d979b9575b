package io.sluice.sharing.share;

import io.sluice.model.name.SchemaName;
import io.sluice.sharing.internal.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of schemas in shares. */
final class SchemaRows {
    private SchemaRows() {}

    static boolean insert(Connection connection, SharedSchema schema) {
        return Sql.over(connection)
                        .createUpdate(
                                "INSERT INTO sharing_schema (share_id, schema_id, schema_name, schema_as, comment,"
                                        + " history_shared, cdf_enabled, added_at, added_by) VALUES (:share, :id, :name, :as,"
                                        + " :comment, :history, :cdf, :addedAt, :addedBy) ON CONFLICT DO NOTHING")
                        .bind("share", schema.share().value())
                        .bind("id", schema.schemaId())
                        .bind("name", schema.schema().toString())
                        .bind("as", schema.sharedAs())
                        .bind("comment", schema.comment().orElse(null))
                        .bind("history", schema.history().hasVersions() ? 1L : 0L)
                        .bind("cdf", schema.history().hasChanges() ? 1L : 0L)
                        .bind("addedAt", schema.addedAt().toEpochMilli())
                        .bind("addedBy", schema.addedBy())
                        .execute()
                == 1;
    }

    static void delete(Connection connection, SharedSchema schema) {
        Sql.over(connection)
                .createUpdate("DELETE FROM sharing_schema WHERE share_id = :share AND schema_name = :name")
                .bind("share", schema.share().value())
                .bind("name", schema.schema().toString())
                .execute();
    }

    static List<SharedSchema> of(Connection connection, ShareId share) {
        return Sql.over(connection)
                .createQuery("SELECT * FROM sharing_schema WHERE share_id = :share ORDER BY schema_as")
                .bind("share", share.value())
                .map(SchemaRows::schema)
                .list();
    }

    static List<SharedSchema> all(Connection connection) {
        return Sql.over(connection)
                .createQuery("SELECT * FROM sharing_schema")
                .map(SchemaRows::schema)
                .list();
    }

    private static SharedSchema schema(ResultSet row, StatementContext context) throws SQLException {
        return new SharedSchema(
                new ShareId(row.getString("share_id")),
                row.getString("schema_id"),
                SchemaName.parse(row.getString("schema_name")),
                row.getString("schema_as"),
                Sql.text(row, "comment"),
                new SharedHistory(row.getLong("history_shared") == 1, row.getLong("cdf_enabled") == 1, 0),
                Sql.instant(row, "added_at"),
                row.getString("added_by"));
    }
}
