package io.sluice.catalog.snapshot;

import io.sluice.catalog.record.AssetRecord;
import io.sluice.catalog.record.CatalogRecord;
import io.sluice.catalog.record.Change;
import io.sluice.catalog.record.Grants;
import io.sluice.catalog.record.GroupRecord;
import io.sluice.catalog.record.TokenRecord;
import io.sluice.catalog.record.UserRecord;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.LogImage;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.model.grant.SecurableType;
import java.util.List;
import java.util.Map;

/** A metastore's root in the store. */
final class RootSource extends LogSource<RootSnapshot> {
    RootSource(SqlUnitOfWork work, CatalogStore store, String log) {
        super(work, store, log);
    }

    @Override
    public RootSnapshot load() {
        LogImage image = read(CatalogStore::rootImage);
        RootSnapshot snapshot = RootSnapshot.empty(log());
        for (var metastore : image.metastores()) {
            snapshot = snapshot.apply(new Change.MetastorePut(metastore));
            snapshot =
                    snapshot.apply(new Change.GrantsPut(SecurableType.METASTORE, "", image.grantsOn(metastore.id())));
        }
        for (Map.Entry<String, String> other : image.hosted().entrySet())
            snapshot = snapshot.apply(new Change.MetastoreHosted(other.getKey(), other.getValue()));
        for (CatalogRecord catalog : image.catalogs()) {
            snapshot = snapshot.apply(new Change.CatalogPut(catalog));
            snapshot = snapshot.apply(
                    new Change.GrantsPut(SecurableType.CATALOG, catalog.name().value(), image.grantsOn(catalog.id())));
        }
        for (UserRecord user : image.users()) snapshot = snapshot.apply(new Change.UserPut(user));
        for (TokenRecord token : image.tokens()) snapshot = snapshot.apply(new Change.TokenPut(token));
        for (GroupRecord group : image.groups()) snapshot = snapshot.apply(new Change.GroupPut(group));
        for (AssetRecord asset : image.assets()) {
            snapshot = snapshot.apply(new Change.AssetPut(asset));
            Grants grants = image.grantsOn(asset.id());
            if (!grants.isEmpty())
                snapshot = snapshot.apply(new Change.GrantsPut(asset.type(), asset.fullName(), grants));
        }
        return snapshot.at(image.sequence());
    }

    @Override
    public RootSnapshot apply(RootSnapshot snapshot, List<Change> changes, long sequence) {
        for (Change change : changes) snapshot = snapshot.apply(change);
        return snapshot.at(sequence);
    }

    @Override
    public long sequenceOf(RootSnapshot snapshot) {
        return snapshot.sequence();
    }
}
