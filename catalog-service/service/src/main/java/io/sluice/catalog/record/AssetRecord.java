package io.sluice.catalog.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import org.jspecify.annotations.Nullable;

/**
 * What is governed beside tables: volumes, functions and models in a schema, credentials and external locations in
 * the metastore.
 *
 * @param schema null for what stands in the metastore itself
 * @param location normalised; null for what has no files
 * @param details what only this type has, in the words of the wire
 */
public record AssetRecord(
        String id,
        SecurableType type,
        @Nullable SchemaName schema,
        EntityName name,
        @Nullable String location,
        @Nullable String comment,
        JsonNode details,
        Stamp stamp,
        long version)
        implements Securable {

    /** The same in a schema that has another name by now. */
    public AssetRecord in(SchemaName newSchema) {
        if (newSchema.equals(schema)) return this;
        return new AssetRecord(id, type, newSchema, name, location, comment, details, stamp, version);
    }

    public String fullName() {
        return schema == null ? name.value() : schema + "." + name;
    }
}
