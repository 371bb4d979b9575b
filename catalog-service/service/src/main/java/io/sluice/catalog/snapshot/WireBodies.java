package io.sluice.catalog.snapshot;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.record.AssetRecord;
import io.sluice.catalog.record.CatalogRecord;
import io.sluice.catalog.record.Column;
import io.sluice.catalog.record.SchemaRecord;
import io.sluice.catalog.record.Stamp;
import io.sluice.catalog.record.TableRecord;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.TableName;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Catalogs, schemas and tables as Unity Catalog 0.6 spells them: snake_case, nulls written, times in milliseconds. */
final class WireBodies {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .serializationInclusion(JsonInclude.Include.ALWAYS)
            .build();

    private WireBodies() {}

    static byte[] of(CatalogRecord catalog) {
        return bytes(new CatalogInfo(
                catalog.name().value(),
                catalog.comment(),
                catalog.properties(),
                catalog.owner(),
                catalog.stamp().createdAt(),
                catalog.stamp().createdBy(),
                catalog.stamp().updatedAt(),
                catalog.stamp().updatedBy(),
                catalog.id(),
                catalog.storageRoot(),
                catalog.storageRoot(),
                catalog.keyScope() == null ? null : new ManagedEncryption(catalog.keyScope()),
                catalog.mount() == null ? null : "DELTASHARING_CATALOG",
                catalog.mount() == null ? null : catalog.mount().providerName(),
                catalog.mount() == null ? null : catalog.mount().shareName()));
    }

    static byte[] of(SchemaRecord schema) {
        return bytes(new SchemaInfo(
                schema.name().schema().value(),
                schema.name().catalog().value(),
                schema.comment(),
                schema.properties(),
                schema.name().toString(),
                schema.owner(),
                schema.stamp().createdAt(),
                schema.stamp().createdBy(),
                schema.stamp().updatedAt(),
                schema.stamp().updatedBy(),
                schema.id(),
                schema.storageRoot(),
                schema.storageRoot()));
    }

    static byte[] of(TableRecord table) {
        return bytes(new TableInfo(
                table.name().table().value(),
                table.name().catalog().value(),
                table.name().schema().schema().value(),
                table.tableType().name(),
                table.format(),
                table.columns(),
                table.location(),
                table.comment(),
                table.properties(),
                table.owner(),
                table.stamp().createdAt(),
                table.stamp().createdBy(),
                table.stamp().updatedAt(),
                table.stamp().updatedBy(),
                table.id(),
                null,
                null));
    }

    /** The table that a body was made of. */
    static TableRecord table(byte[] body, long version) {
        try {
            TableInfo info = JSON.readValue(body, TableInfo.class);
            return new TableRecord(
                    info.tableId(),
                    TableName.of(info.catalogName(), info.schemaName(), info.name()),
                    TableRecord.TableType.valueOf(info.tableType()),
                    info.dataSourceFormat(),
                    info.columns(),
                    info.storageLocation(),
                    info.comment(),
                    info.properties(),
                    new Stamp(info.owner(), info.createdAt(), info.createdBy(), info.updatedAt(), info.updatedBy()),
                    version);
        } catch (IOException e) {
            throw new IllegalStateException("a body of our own cannot be read", e);
        }
    }

    /** The common fields, then those of the type. */
    static byte[] of(AssetRecord asset) {
        ObjectNode body = JSON.createObjectNode();
        body.put("name", asset.name().value());
        if (asset.schema() != null) {
            body.put("catalog_name", asset.schema().catalog().value());
            body.put("schema_name", asset.schema().schema().value());
        }
        body.put("full_name", asset.fullName());
        body.put("comment", asset.comment());
        body.put("owner", asset.owner());
        body.put("created_at", asset.stamp().createdAt());
        body.put("created_by", asset.stamp().createdBy());
        body.put("updated_at", asset.stamp().updatedAt());
        body.put("updated_by", asset.stamp().updatedBy());
        body.put(idField(asset.type()), asset.id());
        if (asset.location() != null)
            body.put(asset.type() == SecurableType.EXTERNAL_LOCATION ? "url" : "storage_location", asset.location());
        asset.details().fields().forEachRemaining(field -> body.set(field.getKey(), field.getValue()));
        return bytes(body);
    }

    private static String idField(SecurableType type) {
        return switch (type) {
            case VOLUME -> "volume_id";
            case FUNCTION -> "function_id";
            default -> "id";
        };
    }

    private static byte[] bytes(Object info) {
        try {
            return JSON.writeValueAsBytes(info);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + info.getClass().getSimpleName(), e);
        }
    }

    record ManagedEncryption(String customerManagedKeyId) {}

    record CatalogInfo(
            String name,
            @Nullable String comment,
            Map<String, String> properties,
            String owner,
            long createdAt,
            String createdBy,
            long updatedAt,
            String updatedBy,
            String id,
            @Nullable String storageRoot,
            @Nullable String storageLocation,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            ManagedEncryption managedEncryptionSettings,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String catalogType,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String providerName,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String shareName) {}

    record SchemaInfo(
            String name,
            String catalogName,
            @Nullable String comment,
            Map<String, String> properties,
            String fullName,
            String owner,
            long createdAt,
            String createdBy,
            long updatedAt,
            String updatedBy,
            String schemaId,
            @Nullable String storageRoot,
            @Nullable String storageLocation) {}

    record TableInfo(
            String name,
            String catalogName,
            String schemaName,
            String tableType,
            String dataSourceFormat,
            List<Column> columns,
            String storageLocation,
            @Nullable String comment,
            Map<String, String> properties,
            String owner,
            long createdAt,
            String createdBy,
            long updatedAt,
            String updatedBy,
            String tableId,
            @Nullable String viewDefinition,
            @Nullable Object viewDependencies) {}
}
