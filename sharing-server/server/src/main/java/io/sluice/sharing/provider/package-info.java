/** Other servers whose shares are read here: who they are, what lets us in, and what they share. */
@NullMarked
package io.sluice.sharing.provider;

import org.jspecify.annotations.NullMarked;
