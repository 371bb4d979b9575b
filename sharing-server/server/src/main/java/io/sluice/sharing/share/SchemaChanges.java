package io.sluice.sharing.share;

import io.sluice.model.failure.Failure;
import io.sluice.model.name.SchemaName;
import java.sql.Connection;
import java.time.Clock;

/** Puts whole schemas into shares, changes how they are shared, and takes them out. */
final class SchemaChanges {
    private final ShareStore store;
    private final SharedTables tables;
    private final Clock clock;

    SchemaChanges(ShareStore store, SharedTables tables, Clock clock) {
        this.store = store;
        this.tables = tables;
        this.clock = clock;
    }

    void apply(Connection connection, String principal, Share share, SharePatch.SchemaChange change) {
        if (change instanceof SharePatch.AddSchema add) {
            put(connection, share, newSchema(principal, share, add));
        } else if (change instanceof SharePatch.UpdateSchema update) {
            SharedSchema schema = schema(connection, share, update.schema());
            store.removeSchema(connection, schema);
            put(connection, share, changedSchema(schema, update.wish()));
        } else if (change instanceof SharePatch.RemoveSchema remove) {
            store.removeSchema(connection, schema(connection, share, remove.schema()));
        }
    }

    private SharedSchema newSchema(String principal, Share share, SharePatch.AddSchema add) {
        return new SharedSchema(
                share.id(),
                tables.requireShareable(principal, share, add.schema()),
                add.schema(),
                add.wish().sharedAs().orElse(add.schema().schema().value()),
                add.wish().comment(),
                add.wish().from(SharedHistory.NONE),
                clock.instant(),
                principal);
    }

    private static SharedSchema changedSchema(SharedSchema schema, SchemaWish wish) {
        return new SharedSchema(
                schema.share(),
                schema.schemaId(),
                schema.schema(),
                wish.sharedAs().orElse(schema.sharedAs()),
                wish.comment().isPresent() ? wish.comment() : schema.comment(),
                wish.from(schema.history()),
                schema.addedAt(),
                schema.addedBy());
    }

    private void put(Connection connection, Share share, SharedSchema schema) {
        if (!store.addSchema(connection, schema))
            throw Failure.alreadyExists(
                    Failure.Subject.ANYTHING,
                    "Share \"%s\" holds schema %s, or another one as %s, already. Remove that one, or choose another "
                            + "string_shared_as.",
                    share.name(),
                    schema.schema(),
                    schema.sharedAs());
    }

    private SharedSchema schema(Connection connection, Share share, SchemaName name) {
        return store.schemasOf(connection, share.id()).stream()
                .filter(schema -> schema.schema().equals(name))
                .findFirst()
                .orElseThrow(() -> Failure.notFound(
                        Failure.Subject.ANYTHING,
                        "Share \"%s\" does not hold schema %s as a whole.",
                        share.name(),
                        name));
    }
}
