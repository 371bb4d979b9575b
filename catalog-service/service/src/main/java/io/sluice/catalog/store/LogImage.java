package io.sluice.catalog.store;

import io.sluice.catalog.record.AssetRecord;
import io.sluice.catalog.record.CatalogRecord;
import io.sluice.catalog.record.Grants;
import io.sluice.catalog.record.GroupRecord;
import io.sluice.catalog.record.MetastoreRecord;
import io.sluice.catalog.record.SchemaRecord;
import io.sluice.catalog.record.StoredJson;
import io.sluice.catalog.record.TableRecord;
import io.sluice.catalog.record.TokenRecord;
import io.sluice.catalog.record.UserRecord;
import io.sluice.model.grant.Privilege;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows of one log as of one sequence number, from which a snapshot is built. */
public final class LogImage {
    private long sequence;
    private final Map<String, String> hosted = new HashMap<>();
    private final List<MetastoreRecord> metastores = new ArrayList<>();
    private final List<CatalogRecord> catalogs = new ArrayList<>();
    private final List<SchemaRecord> schemas = new ArrayList<>();
    private final List<TableRecord> tables = new ArrayList<>();
    private final List<Child<AssetRecord>> assets = new ArrayList<>();
    private final List<GroupRecord> groups = new ArrayList<>();
    private final List<Holder> holders = new ArrayList<>();
    private final List<UserRecord> users = new ArrayList<>();
    private final List<TokenRecord> tokens = new ArrayList<>();
    private final Map<String, Grants> grants = new HashMap<>();

    private LogImage() {}

    static LogImage read(ResultSet rows) throws SQLException {
        LogImage image = new LogImage();
        while (rows.next())
            image.add(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4), rows.getString(5));
        return image;
    }

    public long sequence() {
        return sequence;
    }

    public List<MetastoreRecord> metastores() {
        return metastores;
    }

    /** The names of the other metastores by their ids, in the image of the first root. */
    public Map<String, String> hosted() {
        return hosted;
    }

    public List<CatalogRecord> catalogs() {
        return catalogs;
    }

    public List<SchemaRecord> schemas() {
        return schemas;
    }

    /** Of one range of names; an image of a whole log has none. */
    public List<TableRecord> tables() {
        return tables;
    }

    /** A record and what it stands in, which may have another name than the record says. */
    public record Child<T>(String parentId, T record) {}

    public List<AssetRecord> assets() {
        return assets.stream().map(Child::record).toList();
    }

    public List<Child<AssetRecord>> assetsInSchemas() {
        return assets;
    }

    public List<GroupRecord> groups() {
        return groups;
    }

    public List<UserRecord> users() {
        return users;
    }

    public List<TokenRecord> tokens() {
        return tokens;
    }

    /** Somebody who holds something on a table itself: a grant, or the table. */
    public record Holder(String schemaId, String table, String principal) {}

    public List<Holder> holders() {
        return holders;
    }

    public Grants grantsOn(String securableId) {
        return grants.getOrDefault(securableId, Grants.NONE);
    }

    private void add(String part, String a, String b, String c, @Nullable String parentId) {
        switch (part) {
            case "last" -> sequence = Long.parseLong(b);
            case "METASTORE" -> metastores.add(StoredJson.read(c, MetastoreRecord.class));
            case "hosted" -> hosted.put(a, b);
            case "CATALOG" -> catalogs.add(StoredJson.read(c, CatalogRecord.class));
            case "holder" -> holders.add(new Holder(a, b, c));
            case "SCHEMA" -> schemas.add(StoredJson.read(c, SchemaRecord.class));
            case "TABLE" -> tables.add(StoredJson.read(c, TableRecord.class));
            case "VOLUME", "FUNCTION", "REGISTERED_MODEL", "CREDENTIAL", "EXTERNAL_LOCATION" ->
                assets.add(new Child<>(String.valueOf(parentId), StoredJson.read(c, AssetRecord.class)));
            case "group" -> groups.add(StoredJson.read(c, GroupRecord.class));
            case "user" -> users.add(StoredJson.read(c, UserRecord.class));
            case "token" -> tokens.add(StoredJson.read(c, TokenRecord.class));
            case "grant" ->
                grants.merge(
                        a,
                        Grants.NONE.changed(b, Set.of(Privilege.valueOf(c)), Set.of()),
                        (held, more) -> held.changed(b, Set.of(Privilege.valueOf(c)), Set.of()));
            default -> throw new IllegalStateException("a row of an unknown kind: " + part);
        }
    }
}
