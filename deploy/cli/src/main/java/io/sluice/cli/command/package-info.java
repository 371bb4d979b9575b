/**
 * The verbs, one class for each noun. Start with {@link io.sluice.cli.command.CatalogCommand}, the shortest; what all
 * verbs share is in {@code Common}.
 */
@NullMarked
package io.sluice.cli.command;

import org.jspecify.annotations.NullMarked;
