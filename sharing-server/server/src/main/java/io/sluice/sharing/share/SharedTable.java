package io.sluice.sharing.share;

import io.sluice.model.name.TableName;
import java.net.URI;
import java.util.Optional;

/**
 * What sharing needs to know of a table of the catalog.
 *
 * @param id a UUID
 * @param sealedScope whose key the table's files and log are sealed under; empty when they are plain
 */
public record SharedTable(
        String id, TableName name, URI location, Optional<String> sealedScope, String owner, Optional<String> comment) {

    /** What its files are, as the protocol spells it. */
    public String format() {
        return "delta";
    }
}
