package io.sluice.crypto.hierarchy;

import java.util.Optional;

/**
 * A scope as an operator sees it.
 *
 * @param cmkState ENABLED or DISABLED as the key service says now, else the kind of its failure
 * @param leaseAgeSeconds empty while no KEK is held in memory
 */
public record ScopeStatus(
        String scope,
        ScopeState state,
        long epoch,
        String cmkUri,
        String cmkState,
        String kekId,
        int kekVersion,
        int deks,
        Optional<Long> leaseAgeSeconds) {}
