package io.sluice.lake.store;

import java.io.IOException;

/** Where the bearer tokens of a store come from. Asked for each of them; keeping one is {@link CachedTokens}'. */
@FunctionalInterface
public interface AccessTokens {
    AccessToken token() throws IOException;
}
