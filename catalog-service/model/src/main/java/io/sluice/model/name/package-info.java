/** What things are called: one type for each level, valid by construction. */
@NullMarked
package io.sluice.model.name;

import org.jspecify.annotations.NullMarked;
