package io.sluice.sharing.share;

import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import java.time.Instant;
import java.util.Optional;

/**
 * A schema in a share: all its tables, also those that are made later, under their own names.
 *
 * @param schemaId the schema that was meant; another one that takes its name later is not shared
 * @param sharedAs the schema's name for recipients
 * @param history of every table, from its first version on
 */
public record SharedSchema(
        ShareId share,
        String schemaId,
        SchemaName schema,
        String sharedAs,
        Optional<String> comment,
        SharedHistory history,
        Instant addedAt,
        String addedBy) {

    SharedAs nameOf(TableName table) {
        return new SharedAs(sharedAs, table.table().value());
    }
}
