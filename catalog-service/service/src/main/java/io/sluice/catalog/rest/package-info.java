/** The HTTP face: Unity Catalog's wire. */
@NullMarked
package io.sluice.catalog.rest;

import org.jspecify.annotations.NullMarked;
