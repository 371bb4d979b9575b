/** Shares, what is in them, and who was granted them. */
@NullMarked
package io.sluice.sharing.share;

import org.jspecify.annotations.NullMarked;
