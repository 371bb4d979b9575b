/** Recipients who are OAuth clients: how they get short-lived tokens with their id and secret. */
@NullMarked
package io.sluice.sharing.oauth;

import org.jspecify.annotations.NullMarked;
