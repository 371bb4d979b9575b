package io.sluice.crypto.hierarchy;

import java.util.List;
import java.util.Optional;

/** Where scopes and wrapped keys are kept. Implementations pass one contract suite. */
public sealed interface KeyStore permits JdbcKeyStore, MemoryKeyStore {
    List<ScopeRow> scopes();

    Optional<ScopeRow> scope(String scope);

    /** Answers what stands there afterwards: the given row, or the one that was faster. */
    ScopeRow insertIfAbsent(ScopeRow row);

    /** Writes the next state; answers false when the scope is no longer at the epoch before. */
    boolean move(ScopeRow next, String action, String reason);

    Optional<DekRow> current(String scope, String subject);

    Optional<DekRow> find(String id, int version);

    /** Answers what stands there afterwards: the given row, or the one that was faster. */
    DekRow insertIfAbsent(DekRow row);

    int countDeks(String scope);
}
