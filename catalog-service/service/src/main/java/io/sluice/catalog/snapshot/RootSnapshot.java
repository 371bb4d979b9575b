package io.sluice.catalog.snapshot;

import io.sluice.catalog.record.Change;
import io.sluice.catalog.record.Grants;
import io.sluice.catalog.record.MetastoreRecord;
import io.sluice.catalog.record.TokenRecord;
import io.sluice.catalog.record.UserRecord;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;

/**
 * What stands above the catalogs, and the catalogs' own rows, at one sequence number of the root's log.
 *
 * @param hosted the names of the other metastores by their ids; only the first one's root knows them
 */
public record RootSnapshot(
        String log,
        long sequence,
        @Nullable MetastoreRecord metastoreOrNull,
        Grants grants,
        TreePMap<EntityName, CatalogNode> catalogs,
        TreePMap<String, UserRecord> users,
        HashPMap<String, TokenRecord> tokens,
        GroupIndex groups,
        AssetIndex assets,
        TreePMap<String, String> hosted) {
    static RootSnapshot empty(String log) {
        return new RootSnapshot(
                log,
                0,
                null,
                Grants.NONE,
                TreePMap.empty(),
                TreePMap.empty(),
                HashTreePMap.empty(),
                GroupIndex.EMPTY,
                AssetIndex.EMPTY,
                TreePMap.empty());
    }

    /** Requires: the metastore was founded. */
    public MetastoreRecord metastore() {
        if (metastoreOrNull == null) throw new IllegalStateException("the metastore was not founded");
        return metastoreOrNull;
    }

    public Optional<CatalogNode> find(EntityName catalog) {
        @Nullable CatalogNode found = catalogs.get(catalog);
        return Optional.ofNullable(found);
    }

    public Optional<UserRecord> findUser(String name) {
        @Nullable UserRecord found = users.get(name);
        return Optional.ofNullable(found);
    }

    /** Whether the user is known and not switched off. */
    public boolean isActive(String user) {
        return findUser(user).map(UserRecord::active).orElse(false);
    }

    /** Whether there is a user or a group of that name to grant to. */
    public boolean knows(String principal) {
        return users.containsKey(principal) || groups.find(principal).isPresent();
    }

    public @Nullable TokenRecord token(String digest) {
        return tokens.get(digest);
    }

    public List<TokenRecord> tokensOf(String principal) {
        return tokens.values().stream()
                .filter(token -> token.principal().equals(principal))
                .toList();
    }

    RootSnapshot apply(Change change) {
        if (change instanceof Change.MetastorePut put)
            return new RootSnapshot(
                    log, sequence, put.metastore(), grants, catalogs, users, tokens, groups, assets, hosted);
        if (change instanceof Change.MetastoreHosted put) return withHosted(hosted.plus(put.id(), put.name()));
        if (change instanceof Change.MetastoreGone gone) return withHosted(hosted.minus(gone.id()));
        if (change instanceof Change.CatalogPut put) {
            EntityName name = put.catalog().name();
            Grants held = find(name).map(CatalogNode::grants).orElse(Grants.NONE);
            return with(catalogs.plus(name, CatalogNode.of(put.catalog(), held)));
        }
        if (change instanceof Change.CatalogRenamed renamed) {
            Grants held = find(renamed.from()).map(CatalogNode::grants).orElse(Grants.NONE);
            return with(catalogs.minus(renamed.from())
                    .plus(renamed.catalog().name(), CatalogNode.of(renamed.catalog(), held)));
        }
        if (change instanceof Change.CatalogGone gone) return with(catalogs.minus(gone.name()));
        if (change instanceof Change.GrantsPut put) return grant(put);
        if (change instanceof Change.UserPut put)
            return withUsers(users.plus(put.user().name(), put.user()));
        if (change instanceof Change.UserGone gone) return withUsers(users.minus(gone.name()));
        if (change instanceof Change.TokenPut put)
            return withTokens(tokens.plus(put.token().digest(), put.token()));
        if (change instanceof Change.TokenGone gone) return withTokens(tokens.minus(gone.digest()));
        if (change instanceof Change.GroupPut put) return withGroups(groups.plus(put.group()));
        if (change instanceof Change.GroupGone gone) return withGroups(groups.minus(gone.name()));
        if (change instanceof Change.AssetPut put) return withAssets(assets.plus(put.asset()));
        if (change instanceof Change.AssetGone gone) return withAssets(assets.minus(gone.type(), gone.name()));
        throw new IllegalStateException(
                "not a change of the root: " + change.getClass().getSimpleName());
    }

    RootSnapshot at(long newSequence) {
        return new RootSnapshot(
                log, newSequence, metastoreOrNull, grants, catalogs, users, tokens, groups, assets, hosted);
    }

    private RootSnapshot grant(Change.GrantsPut put) {
        if (put.type() == SecurableType.METASTORE)
            return new RootSnapshot(
                    log, sequence, metastoreOrNull, put.grants(), catalogs, users, tokens, groups, assets, hosted);
        EntityName name = EntityName.of(put.name());
        if (put.type() != SecurableType.CATALOG) return withAssets(assets.plus(put.type(), name, put.grants()));
        CatalogNode catalog = find(name).orElseThrow(() -> new OutOfPlaceException(name));
        return with(catalogs.plus(name, new CatalogNode(catalog.catalog(), put.grants(), catalog.body())));
    }

    private RootSnapshot withHosted(TreePMap<String, String> changed) {
        return new RootSnapshot(
                log, sequence, metastoreOrNull, grants, catalogs, users, tokens, groups, assets, changed);
    }

    private RootSnapshot with(TreePMap<EntityName, CatalogNode> changed) {
        return new RootSnapshot(log, sequence, metastoreOrNull, grants, changed, users, tokens, groups, assets, hosted);
    }

    private RootSnapshot withUsers(TreePMap<String, UserRecord> changed) {
        return new RootSnapshot(
                log, sequence, metastoreOrNull, grants, catalogs, changed, tokens, groups, assets, hosted);
    }

    private RootSnapshot withTokens(HashPMap<String, TokenRecord> changed) {
        return new RootSnapshot(
                log, sequence, metastoreOrNull, grants, catalogs, users, changed, groups, assets, hosted);
    }

    private RootSnapshot withGroups(GroupIndex changed) {
        return new RootSnapshot(
                log, sequence, metastoreOrNull, grants, catalogs, users, tokens, changed, assets, hosted);
    }

    private RootSnapshot withAssets(AssetIndex changed) {
        return new RootSnapshot(
                log, sequence, metastoreOrNull, grants, catalogs, users, tokens, groups, changed, hosted);
    }
}
