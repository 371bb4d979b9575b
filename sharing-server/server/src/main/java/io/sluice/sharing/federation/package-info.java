/** Recipients who bring a token of their own identity provider, and the policies that say which tokens are theirs. */
@NullMarked
package io.sluice.sharing.federation;

import org.jspecify.annotations.NullMarked;
