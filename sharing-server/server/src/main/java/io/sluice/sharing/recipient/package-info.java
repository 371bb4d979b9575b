/** Recipients: who they are, where they read, and the tokens that prove it. */
@NullMarked
package io.sluice.sharing.recipient;

import org.jspecify.annotations.NullMarked;
