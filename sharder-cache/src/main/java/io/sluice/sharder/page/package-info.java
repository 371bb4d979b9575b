/** How things stand, as text for an operator. */
@NullMarked
package io.sluice.sharder.page;

import org.jspecify.annotations.NullMarked;
