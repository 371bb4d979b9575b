/** Prices and amounts. No floating point anywhere. */
@NullMarked
package io.sluice.model.money;

import org.jspecify.annotations.NullMarked;
