package io.sluice.catalog.commits;

import io.sluice.catalog.record.Column;
import io.sluice.catalog.record.TableRecord.TableType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table whose first commit, version 0, its writer has put into the folder already: what that commit says of it. What
 * a managed table needs of it is checked here.
 *
 * @param timestamp of version 0
 */
public record NewDelta(
        TableType type,
        String location,
        @Nullable String comment,
        List<Column> columns,
        DeltaProtocol protocol,
        Map<String, String> properties,
        @Nullable DomainMetadata domains,
        long timestamp) {

    public NewDelta {
        columns = List.copyOf(columns);
        properties = shown(properties, protocol, domains, new SnapshotVersion(0, timestamp));
        DeltaAlone.require(properties);
        if (type == TableType.MANAGED) {
            ManagedContract.require(protocol, properties);
            if (domains != null) domains.requireFeatures(properties);
        }
    }

    /** What follows from the protocol, the domains and the commit counts more than what the writer says beside it. */
    private static Map<String, String> shown(
            Map<String, String> written,
            DeltaProtocol protocol,
            @Nullable DomainMetadata domains,
            SnapshotVersion first) {
        Map<String, String> shown = new HashMap<>(written);
        shown.putAll(protocol.asProperties());
        if (domains != null) shown.putAll(domains.asProperties());
        shown.putAll(first.asProperties());
        return Map.copyOf(shown);
    }
}
