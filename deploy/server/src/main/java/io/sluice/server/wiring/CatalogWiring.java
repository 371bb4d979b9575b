package io.sluice.server.wiring;

import io.sluice.catalog.Estate;
import io.sluice.catalog.access.Authenticator;
import io.sluice.catalog.access.TrustedIssuer;
import io.sluice.catalog.access.TrustedIssuers;
import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.rest.OpenPaths;
import io.sluice.catalog.snapshot.Snapshots;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.Database;
import io.sluice.catalog.store.Migrations;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.catalog.store.StoreUrl;
import io.sluice.catalog.vending.CloudIssuer;
import io.sluice.catalog.vending.CredentialVendor;
import io.sluice.model.work.UnitOfWork;
import io.sluice.server.http.RequestIds;
import io.sluice.server.launch.Addresses;
import io.sluice.server.launch.SluiceConfig;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

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
    @Typed(SqlUnitOfWork.class)
    SqlUnitOfWork work(Database database, Estate estate, Clock clock, RequestIds requestIds) {
        return new SqlUnitOfWork(database, estate, clock, requestIds::origin);
    }

    @Produces
    @Singleton
    @Typed(UnitOfWork.class)
    UnitOfWork unitOfWork(SqlUnitOfWork work) {
        return work;
    }

    @Produces
    @Singleton
    CloudIssuer cloudIssuer(SluiceConfig config, Clock clock) {
        SluiceConfig.Vending vending = config.vending();
        return new CloudIssuer(
                new CloudIssuer.Settings(
                        vending.secrets(), Clouds.vended(config), vending.awsRegion(), vending.awsEndpoint()),
                clock);
    }

    void close(@Disposes CloudIssuer issuer) {
        issuer.close();
    }

    @Produces
    @Singleton
    CredentialVendor credentialVendor(CloudIssuer issuer, Clock clock) {
        return new CredentialVendor(issuer, clock);
    }

    @Produces
    @Singleton
    TrustedIssuers trustedIssuers(SluiceConfig config, Clock clock) {
        List<TrustedIssuer> issuers = config.auth().oidc().values().stream()
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
    Snapshots snapshots(SluiceConfig config, SqlUnitOfWork work, Estate estate) {
        return new Snapshots(work, new CatalogStore(), estate, config.cache().tableBytes());
    }

    @Produces
    @Singleton
    Governance governance(
            SluiceConfig config,
            SqlUnitOfWork work,
            Snapshots snapshots,
            TrustedIssuers issuers,
            KeyWiring.Scopes scopes,
            CredentialVendor vendor,
            Clock clock) {
        return Governance.over(
                work,
                snapshots,
                issuers,
                scopes,
                vendor,
                Duration.ofDays(config.tables().keptAfterDropDays()),
                clock);
    }

    @Produces
    @Singleton
    Authenticator authenticator(Governance governance) {
        return governance.authenticator();
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
