package io.sluice.sharing.share;

import io.sluice.model.name.TableName;
import io.sluice.sharing.asset.AssetKind;
import io.sluice.sharing.internal.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of volumes and models in shares. */
final class AssetRows {
    private AssetRows() {}

    static boolean insert(Connection connection, SharedAsset asset) {
        return Sql.over(connection)
                        .createUpdate("INSERT INTO sharing_asset (share_id, kind, asset_id, asset_name, schema_as,"
                                + " asset_as, comment, added_at, added_by) VALUES (:share, :kind, :id, :name, :schemaAs,"
                                + " :assetAs, :comment, :addedAt, :addedBy) ON CONFLICT DO NOTHING")
                        .bind("share", asset.share().value())
                        .bind("kind", asset.kind().name())
                        .bind("id", asset.assetId())
                        .bind("name", asset.name().toString())
                        .bind("schemaAs", asset.sharedAs().schema())
                        .bind("assetAs", asset.sharedAs().table())
                        .bind("comment", asset.comment().orElse(null))
                        .bind("addedAt", asset.addedAt().toEpochMilli())
                        .bind("addedBy", asset.addedBy())
                        .execute()
                == 1;
    }

    static void delete(Connection connection, SharedAsset asset) {
        Sql.over(connection)
                .createUpdate(
                        "DELETE FROM sharing_asset WHERE share_id = :share AND kind = :kind AND asset_name = :name")
                .bind("share", asset.share().value())
                .bind("kind", asset.kind().name())
                .bind("name", asset.name().toString())
                .execute();
    }

    static List<SharedAsset> of(Connection connection, ShareId share) {
        return Sql.over(connection)
                .createQuery("SELECT * FROM sharing_asset WHERE share_id = :share ORDER BY kind, schema_as, asset_as")
                .bind("share", share.value())
                .map(AssetRows::asset)
                .list();
    }

    static List<SharedAsset> all(Connection connection) {
        return Sql.over(connection)
                .createQuery("SELECT * FROM sharing_asset")
                .map(AssetRows::asset)
                .list();
    }

    private static SharedAsset asset(ResultSet row, StatementContext context) throws SQLException {
        return new SharedAsset(
                new ShareId(row.getString("share_id")),
                AssetKind.valueOf(row.getString("kind")),
                row.getString("asset_id"),
                TableName.parse(row.getString("asset_name")),
                new SharedAs(row.getString("schema_as"), row.getString("asset_as")),
                Sql.text(row, "comment"),
                Sql.instant(row, "added_at"),
                row.getString("added_by"));
    }
}
