/** What is stored about each thing, and the changes that the log carries. */
@NullMarked
package io.sluice.catalog.record;

import org.jspecify.annotations.NullMarked;
