package io.sluice.catalog.record;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import org.jspecify.annotations.Nullable;

/**
 * One step from a snapshot to the next. A change carries all that a follower needs, so that it never has to ask the
 * database what the new state is.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Change.MetastorePut.class, name = "metastore"),
    @JsonSubTypes.Type(value = Change.MetastoreHosted.class, name = "metastore-hosted"),
    @JsonSubTypes.Type(value = Change.MetastoreGone.class, name = "metastore-gone"),
    @JsonSubTypes.Type(value = Change.CatalogPut.class, name = "catalog"),
    @JsonSubTypes.Type(value = Change.CatalogGone.class, name = "catalog-gone"),
    @JsonSubTypes.Type(value = Change.CatalogRenamed.class, name = "catalog-renamed"),
    @JsonSubTypes.Type(value = Change.SchemaPut.class, name = "schema"),
    @JsonSubTypes.Type(value = Change.SchemaRenamed.class, name = "schema-renamed"),
    @JsonSubTypes.Type(value = Change.SchemaGone.class, name = "schema-gone"),
    @JsonSubTypes.Type(value = Change.TablePut.class, name = "table"),
    @JsonSubTypes.Type(value = Change.TableGone.class, name = "table-gone"),
    @JsonSubTypes.Type(value = Change.AssetPut.class, name = "asset"),
    @JsonSubTypes.Type(value = Change.AssetGone.class, name = "asset-gone"),
    @JsonSubTypes.Type(value = Change.GrantsPut.class, name = "grants"),
    @JsonSubTypes.Type(value = Change.UserPut.class, name = "user"),
    @JsonSubTypes.Type(value = Change.UserGone.class, name = "user-gone"),
    @JsonSubTypes.Type(value = Change.GroupPut.class, name = "group"),
    @JsonSubTypes.Type(value = Change.GroupGone.class, name = "group-gone"),
    @JsonSubTypes.Type(value = Change.TokenPut.class, name = "token"),
    @JsonSubTypes.Type(value = Change.TokenGone.class, name = "token-gone"),
})
public sealed interface Change {
    record MetastorePut(MetastoreRecord metastore) implements Change {}

    /** Another metastore was opened beside the first one, whose root is told. The other has a log of its own. */
    record MetastoreHosted(String id, String name) implements Change {}

    record MetastoreGone(String id) implements Change {}

    record CatalogPut(CatalogRecord catalog) implements Change {}

    /** What stands in the catalog keeps its rows, whose names say the old one until they are written again. */
    record CatalogRenamed(EntityName from, CatalogRecord catalog) implements Change {}

    record CatalogGone(EntityName name) implements Change {}

    record SchemaPut(SchemaRecord schema) implements Change {}

    record SchemaRenamed(SchemaName from, SchemaRecord schema) implements Change {}

    record SchemaGone(SchemaName name) implements Change {}

    record TablePut(TableRecord table) implements Change {}

    record TableGone(TableName name) implements Change {}

    record AssetPut(AssetRecord asset) implements Change {}

    /** @param schema null for what stood in the metastore itself */
    record AssetGone(SecurableType type, @Nullable SchemaName schema, EntityName name) implements Change {}

    /** All grants on one securable as they are now. The name is the full name; for the metastore it is empty. */
    record GrantsPut(SecurableType type, String name, Grants grants) implements Change {}

    record UserPut(UserRecord user) implements Change {}

    record UserGone(String name) implements Change {}

    record GroupPut(GroupRecord group) implements Change {}

    record GroupGone(String name) implements Change {}

    record TokenPut(TokenRecord token) implements Change {}

    record TokenGone(String digest) implements Change {}
}
