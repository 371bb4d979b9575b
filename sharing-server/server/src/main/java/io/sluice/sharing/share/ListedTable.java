package io.sluice.sharing.share;

import java.net.URI;
import java.util.Optional;

/**
 * A table as recipients find it in a list.
 *
 * @param folder where it can be read as a folder
 */
public record ListedTable(Share share, SharedAs name, String tableId, Optional<URI> folder) {}
