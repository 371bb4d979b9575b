package io.sluice.crypto.hierarchy;

/**
 * A scope as it is stored: its state and its wrapped key encryption key.
 *
 * @param wrappedX random bytes wrapped by the master key
 * @param wrappedKek the KEK, wrapped under a key that is derived from those bytes. The second layer carries the context
 *     on every cloud alike, also where the key service's own wrap has none.
 */
record ScopeRow(
        String scope,
        ScopeState state,
        long epoch,
        String cmkUri,
        String kekId,
        int kekVersion,
        String wrappedX,
        String wrappedKek) {

    ScopeRow moved(ScopeState next) {
        return new ScopeRow(scope, next, epoch + 1, cmkUri, kekId, kekVersion, wrappedX, wrappedKek);
    }
}
