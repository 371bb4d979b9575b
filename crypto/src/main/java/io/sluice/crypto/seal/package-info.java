/** Objects as ciphertext that can be read by ranges. */
@NullMarked
package io.sluice.crypto.seal;

import org.jspecify.annotations.NullMarked;
