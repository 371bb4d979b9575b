package io.sluice.sharing.share;

import io.sluice.sharing.NameRule;
import java.util.Optional;

/** How a schema is to be shared; what is empty stays as it is, or takes its default. */
public record SchemaWish(
        Optional<String> sharedAs, Optional<String> comment, Optional<Boolean> versions, Optional<Boolean> changes) {
    /** Under its own name, and of its tables the newest versions. */
    public static final SchemaWish PLAIN =
            new SchemaWish(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public SchemaWish {
        sharedAs = sharedAs.map(name -> NameRule.checkedPart("schema", name));
    }

    SharedHistory from(SharedHistory before) {
        return new SharedHistory(versions.orElse(before.hasVersions()), changes.orElse(before.hasChanges()), 0);
    }
}
