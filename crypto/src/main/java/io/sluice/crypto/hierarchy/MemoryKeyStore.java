package io.sluice.crypto.hierarchy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps keys as long as the process lives. */
public final class MemoryKeyStore implements KeyStore {
    private final Map<String, ScopeRow> scopes = new TreeMap<>();
    private final Map<String, DekRow> deks = new TreeMap<>();

    @Override
    public synchronized List<ScopeRow> scopes() {
        return List.copyOf(scopes.values());
    }

    @Override
    public synchronized Optional<ScopeRow> scope(String scope) {
        return Optional.ofNullable(scopes.get(scope));
    }

    @Override
    public synchronized ScopeRow insertIfAbsent(ScopeRow row) {
        scopes.putIfAbsent(row.scope(), row);
        return scopes.getOrDefault(row.scope(), row);
    }

    @Override
    public synchronized boolean move(ScopeRow next, String action, String reason) {
        ScopeRow now = scopes.get(next.scope());
        if (now == null || now.epoch() != next.epoch() - 1) return false;
        scopes.put(next.scope(), next);
        return true;
    }

    @Override
    public synchronized Optional<DekRow> current(String scope, String subject) {
        return deks.values().stream()
                .filter(dek -> dek.scope().equals(scope) && dek.subject().equals(subject))
                .findFirst();
    }

    @Override
    public synchronized Optional<DekRow> find(String id, int version) {
        return Optional.ofNullable(deks.get(id + "/" + version));
    }

    @Override
    public synchronized DekRow insertIfAbsent(DekRow row) {
        Optional<DekRow> first = current(row.scope(), row.subject());
        if (first.isPresent()) return first.get();
        deks.put(row.id() + "/" + row.version(), row);
        return row;
    }

    @Override
    public synchronized int countDeks(String scope) {
        return (int)
                deks.values().stream().filter(dek -> dek.scope().equals(scope)).count();
    }
}
