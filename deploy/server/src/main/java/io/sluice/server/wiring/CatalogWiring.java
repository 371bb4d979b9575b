package io.sluice.server.wiring;

import io.sluice.catalog.Estate;
import io.sluice.catalog.access.TrustedIssuer;
import io.sluice.catalog.access.TrustedIssuers;
import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.govern.Metastores;
import io.sluice.catalog.govern.Retention;
import io.sluice.catalog.mount.MountedShares;
import io.sluice.catalog.rest.OpenPaths;
import io.sluice.catalog.snapshot.Snapshots;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.Database;
import io.sluice.catalog.store.Migrations;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.catalog.store.StoreUrl;
import io.sluice.catalog.vending.CloudIssuer;
import io.sluice.catalog.vending.CredentialVendor;
import io.sluice.model.failure.Failure;
import io.sluice.model.work.SoftLeader;
import io.sluice.model.work.UnitOfWork;
import io.sluice.server.http.RequestIds;
import io.sluice.server.launch.Addresses;
import io.sluice.server.launch.SluiceConfig;
import io.sluice.server.observe.Traces;
import io.sluice.server.pods.Shards;
import io.sluice.sharing.provider.ProviderShares;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The metadata store and the catalog over it. */
public final class CatalogWiring {
    /** Every room that keeps tables of its own; each has its scripts under {@code db/<room>}. */
    private static final List<String> ROOMS =
            List.of("catalog", "sharder", "crypto", "sharing", "replica", "chargeback");

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    Database database(SluiceConfig config) {
        Database database = Database.open(storeUrl(config));
        new Migrations(database).run(ROOMS);
        return database;
    }

    private static StoreUrl storeUrl(SluiceConfig config) {
        StoreUrl url = StoreUrl.parse(config.store());
        if (config.storePasswordFile().isEmpty() || !(url instanceof StoreUrl.Postgres postgres)) return url;
        Path file = config.storePasswordFile().get();
        try {
            return new StoreUrl.Postgres(
                    postgres.jdbcUrl(), postgres.user(), Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    void close(@Disposes Database database) {
        database.close();
    }

    @Produces
    @Singleton
    @Typed(Shards.class)
    Shards shards(Database database, SluiceConfig config, Addresses addresses) {
        return new Shards(database, config.pod(), config.pod().address().orElseGet(addresses::http));
    }

    void close(@Disposes Shards shards) {
        shards.close();
    }

    @Produces
    @Singleton
    @Typed(Estate.class)
    Estate estate(Shards shards) {
        return shards;
    }

    @Produces
    @Singleton
    SoftLeader softLeader(Estate estate) {
        return territory -> estate.claim(territory).isOurs();
    }

    @Produces
    @Singleton
    @Typed(SqlUnitOfWork.class)
    SqlUnitOfWork work(Database database, Estate estate, Clock clock, RequestIds requestIds, Traces traces) {
        return new SqlUnitOfWork(database, estate, clock, requestIds::origin).timedBy(traces);
    }

    @Produces
    @Singleton
    @Typed(UnitOfWork.class)
    UnitOfWork unitOfWork(SqlUnitOfWork work) {
        return work;
    }

    /** What of the configuration is lent to which metastore. */
    @Produces
    @Singleton
    Metastores.Trusts trusts(
            SluiceConfig config, KeyWiring.Scopes scopes, Provider<ProviderShares> shares, Clock clock) {
        return metastore -> new Metastores.Trust(
                issuers(config, metastore, clock),
                new CredentialVendor(new CloudIssuer(vending(config, metastore), clock), clock),
                metastore.isEmpty() ? scopes : CatalogWiring::noKeys,
                metastore.isEmpty() ? new SharesForCatalogs(shares) : MountedShares.NONE);
    }

    private static CloudIssuer.Settings vending(SluiceConfig config, Optional<String> metastore) {
        SluiceConfig.Vending vending = config.vending();
        return new CloudIssuer.Settings(
                vending.secrets().map(all -> metastore.map(all::resolve).orElse(all)),
                Clouds.vended(config, metastore),
                vending.awsRegion(),
                vending.awsEndpoint(),
                metastore.isEmpty());
    }

    private static void noKeys(String scope, String customerManagedKey) {
        throw Failure.unsupported("Catalogs are sealed in the server's first metastore only. Leave the key out.");
    }

    private static TrustedIssuers issuers(SluiceConfig config, Optional<String> metastore, Clock clock) {
        List<TrustedIssuer> issuers = config.auth().oidc().values().stream()
                .filter(issuer -> issuer.metastore().equals(metastore))
                .map(issuer -> new TrustedIssuer(
                        issuer.issuer().toString(),
                        issuer.audience(),
                        issuer.jwksUrl(),
                        issuer.principalClaim(),
                        issuer.groupsClaim(),
                        Duration.ofSeconds(issuer.clockSkewSeconds())))
                .toList();
        return new TrustedIssuers(issuers, clock);
    }

    @Produces
    @Singleton
    Snapshots snapshots(SluiceConfig config, SqlUnitOfWork work, Shards shards) {
        Snapshots snapshots =
                new Snapshots(work, new CatalogStore(), shards, config.cache().tableBytes());
        shards.whenComing(snapshots.readAhead());
        shards.whenTaken(snapshots::begin);
        return snapshots;
    }

    @Produces
    @Singleton
    Metastores metastores(
            SluiceConfig config, SqlUnitOfWork work, Snapshots snapshots, Metastores.Trusts trusts, Clock clock) {
        return new Metastores(work, snapshots, trusts, retention(config), clock);
    }

    private static Retention retention(SluiceConfig config) {
        return new Retention(
                Duration.ofDays(config.tables().keptAfterDropDays()),
                Duration.ofDays(config.audit().keptDays()));
    }

    void close(@Disposes Metastores metastores) {
        metastores.close();
    }

    /** That of the server itself: sharing, replicas, keys and the bill know no other. */
    @Produces
    @Singleton
    Governance governance(Metastores metastores) {
        return metastores.first();
    }

    /** Faces that authenticate their callers themselves, or answer everybody. */
    @Produces
    @Singleton
    OpenPaths openPaths() {
        return new OpenPaths(List.of(
                "/delta-sharing",
                "/api/2.1/unity-catalog/public/",
                "/api/1.0/unity-control/auth/",
                "/oidc/",
                "/api/1.0/sluice/console/session",
                "/api/1.0/sluice/constant"));
    }
}
