package io.sluice.catalog;

import io.sluice.catalog.mount.MountedShares;
import io.sluice.catalog.record.Mount;
import io.sluice.model.failure.Failure;
import java.util.ArrayList;
import java.util.List;

/** One share of one provider, which a test fills, and which can go dark. */
final class FakeShares implements MountedShares {
    static final String SCHEMA =
            "{\"type\":\"struct\",\"fields\":[{\"name\":\"id\",\"type\":\"long\",\"nullable\":false,\"metadata\":{}},"
                    + "{\"name\":\"day\",\"type\":\"date\",\"nullable\":true,\"metadata\":{\"comment\":\"of sale\"}}]}";

    private List<RemoteTable> tables = List.of();
    boolean isDark;
    int asked;

    void show(String... names) {
        List<RemoteTable> shown = new ArrayList<>();
        for (String name : names) shown.add(new RemoteTable(name.split("\\.")[0], name.split("\\.")[1]));
        tables = List.copyOf(shown);
    }

    @Override
    public Mount requireMountable(String principal, String providerName, String shareName) {
        if (!providerName.equals("acme") || !shareName.equals("sales"))
            throw Failure.notFound(Failure.Subject.ANYTHING, "No share %s of %s.", shareName, providerName);
        return new Mount("provider-1", providerName, shareName);
    }

    @Override
    public List<RemoteTable> tables(Mount mount) {
        requireLight();
        return tables;
    }

    @Override
    public RemoteColumns columns(Mount mount, RemoteTable table) {
        requireLight();
        return new RemoteColumns(table.table().equals("odd") ? "[]" : SCHEMA, List.of("day"));
    }

    private void requireLight() {
        asked++;
        if (isDark) throw Failure.unavailable(null, "The server of provider acme cannot be reached.");
    }
}
