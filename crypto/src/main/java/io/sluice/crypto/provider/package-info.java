/** Which implementation of AES does the work. */
@NullMarked
package io.sluice.crypto.provider;

import org.jspecify.annotations.NullMarked;
