/** Key bytes as a type of their own: all readers of secrets are found by searching for {@link SecretAccess}. */
@NullMarked
package io.sluice.crypto.secret;

import org.jspecify.annotations.NullMarked;
