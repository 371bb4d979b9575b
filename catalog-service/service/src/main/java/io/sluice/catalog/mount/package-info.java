/** Catalogs whose contents are a share of another server, asked live. */
@NullMarked
package io.sluice.catalog.mount;

import org.jspecify.annotations.NullMarked;
