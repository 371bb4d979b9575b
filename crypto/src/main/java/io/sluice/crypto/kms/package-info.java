/** The customer's key service: what it does for us, and the three ways in which it can fail. */
@NullMarked
package io.sluice.crypto.kms;

import org.jspecify.annotations.NullMarked;
