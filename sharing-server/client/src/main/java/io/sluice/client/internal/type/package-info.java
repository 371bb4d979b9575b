/** The types of a table's columns, and the values that stand for a column where no file holds them. */
@NullMarked
package io.sluice.client.internal.type;

import org.jspecify.annotations.NullMarked;
