package io.sluice.sharing.files;

import java.net.URI;
import java.util.Optional;

/**
 * A table's files at one place: the source, or a copy of it.
 *
 * @param tableId of the source, also for a copy
 * @param sealedScope whose key log and files are sealed under here; empty when they are plain
 */
public record StoredTable(String tableId, URI location, Optional<String> sealedScope) {}
