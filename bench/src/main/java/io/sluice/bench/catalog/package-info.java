/** The catalog with few tables and with many. */
@NullMarked
package io.sluice.bench.catalog;

import org.jspecify.annotations.NullMarked;
