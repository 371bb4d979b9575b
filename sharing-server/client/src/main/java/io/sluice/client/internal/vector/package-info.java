/** Deletion vectors: which rows of a file are deleted. */
@NullMarked
package io.sluice.client.internal.vector;

import org.jspecify.annotations.NullMarked;
