package io.sluice.server.wiring;

import io.sluice.catalog.access.Caller;
import io.sluice.catalog.access.IssuedTokens;
import io.sluice.catalog.govern.Governance;
import io.sluice.model.grant.Privilege;
import io.sluice.model.work.UnitOfWork;
import io.sluice.server.http.ClientAddresses;
import io.sluice.server.launch.SluiceConfig;
import io.sluice.sharing.Freshness;
import io.sluice.sharing.PublicAddress;
import io.sluice.sharing.SharingAuthority;
import io.sluice.sharing.federation.FederationPolicies;
import io.sluice.sharing.federation.FederationStore;
import io.sluice.sharing.federation.IdentityTokens;
import io.sluice.sharing.federation.JdbcFederationStore;
import io.sluice.sharing.federation.VerifiedToken;
import io.sluice.sharing.oauth.AccessTokens;
import io.sluice.sharing.oauth.ClientGrant;
import io.sluice.sharing.query.RecipientAuthentication;
import io.sluice.sharing.recipient.Activation;
import io.sluice.sharing.recipient.ClientAddress;
import io.sluice.sharing.recipient.JdbcRecipientStore;
import io.sluice.sharing.recipient.RecipientLimits;
import io.sluice.sharing.recipient.RecipientStore;
import io.sluice.sharing.recipient.Recipients;
import io.sluice.sharing.rest.RecipientDoor;
import io.sluice.sharing.share.JdbcShareStore;
import io.sluice.sharing.share.LiveDirectory;
import io.sluice.sharing.share.SharePermissions;
import io.sluice.sharing.share.ShareStore;
import io.sluice.sharing.share.SharedAssets;
import io.sluice.sharing.share.SharedTables;
import io.sluice.sharing.share.Shares;
import io.sluice.sharing.share.TableLogs;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Who may be given what, and who comes to fetch it: shares, recipients and how these prove who they are. */
public final class RecipientWiring {
    @Produces
    @Singleton
    SharingAuthority authority(Governance governance) {
        return (principal, action) -> {
            Caller caller = new Caller(principal);
            return switch (action) {
                case CREATE_SHARE -> governance.principals().holds(caller, Privilege.CREATE_SHARE);
                case CREATE_RECIPIENT -> governance.principals().holds(caller, Privilege.CREATE_RECIPIENT);
                case CREATE_PROVIDER -> governance.principals().holds(caller, Privilege.CREATE_PROVIDER);
                case USE_EVERY_PROVIDER -> governance.principals().holds(caller, Privilege.USE_PROVIDER);
                case MANAGE_EVERY_SHARE, MANAGE_EVERY_RECIPIENT, MANAGE_EVERY_PROVIDER ->
                    governance.principals().isAdmin(caller);
            };
        };
    }

    @Produces
    @Singleton
    ShareStore shareStore() {
        return new JdbcShareStore();
    }

    @Produces
    @Singleton
    RecipientStore recipientStore() {
        return new JdbcRecipientStore();
    }

    @Produces
    @Singleton
    FederationStore federationStore() {
        return new JdbcFederationStore();
    }

    @Produces
    @Singleton
    LiveDirectory directory(
            UnitOfWork work,
            ShareStore shares,
            RecipientStore recipients,
            FederationStore policies,
            Freshness freshness) {
        return new LiveDirectory(work, shares, recipients, policies, freshness);
    }

    @Produces
    @Singleton
    Shares shares(
            UnitOfWork work,
            ShareStore store,
            SharedTables tables,
            SharedAssets assets,
            TableLogs logs,
            SharingAuthority authority,
            LiveDirectory directory,
            Clock clock) {
        return new Shares(work, store, tables, assets, logs, authority, directory, clock);
    }

    @Produces
    @Singleton
    Recipients recipients(
            UnitOfWork work,
            RecipientStore store,
            SharingAuthority authority,
            LiveDirectory directory,
            PublicAddress address,
            Clock clock) {
        return new Recipients(work, store, authority, directory, address, clock);
    }

    @Produces
    @Singleton
    FederationPolicies federationPolicies(
            UnitOfWork work,
            FederationStore store,
            Recipients recipients,
            LiveDirectory directory,
            PublicAddress address,
            Clock clock) {
        return new FederationPolicies(work, store, recipients, directory, address, clock);
    }

    @Produces
    @Singleton
    IdentityTokens identityTokens(Clock clock) {
        IssuedTokens tokens = new IssuedTokens(clock);
        return (token, believed) -> {
            IssuedTokens.Issued issued = tokens.verify(token, believed);
            return new VerifiedToken(issued.issuer(), issued.audiences(), issued.claims());
        };
    }

    @Produces
    @Singleton
    SharePermissions permissions(
            UnitOfWork work,
            ShareStore store,
            RecipientStore recipientStore,
            Shares shares,
            Recipients recipients,
            LiveDirectory directory,
            Clock clock) {
        return new SharePermissions(work, store, recipientStore, shares, recipients, directory, clock);
    }

    @Produces
    @Singleton
    Activation activation(
            UnitOfWork work,
            RecipientStore store,
            LiveDirectory directory,
            PublicAddress address,
            ClientAddress client,
            Clock clock) {
        return new Activation(work, store, directory, address, client, clock);
    }

    @Produces
    @Singleton
    ClientAddress clientAddress(ClientAddresses clients) {
        return clients::current;
    }

    @Produces
    @Singleton
    RecipientAuthentication recipientAuthentication(
            LiveDirectory directory,
            IdentityTokens identities,
            AccessTokens access,
            ClientAddress client,
            Clock clock) {
        return new RecipientAuthentication(directory, identities, access, client, clock);
    }

    @Produces
    @Singleton
    RecipientDoor door(RecipientAuthentication authentication, SluiceConfig config) {
        SluiceConfig.Sharing bounds = config.sharing();
        return new RecipientDoor(
                authentication,
                new RecipientLimits(
                        new RecipientLimits.Bounds(
                                bounds.requestsPerSecond(), bounds.requestsInBurst(), bounds.requestsAtOnce()),
                        System::nanoTime));
    }

    @Produces
    @Singleton
    AccessTokens accessTokens(SluiceConfig config, Clock clock) {
        return new AccessTokens(UrlSecret.read(config.data().resolve("url.secret")), clock);
    }

    @Produces
    @Singleton
    ClientGrant clientGrant(LiveDirectory directory, AccessTokens access, ClientAddress client, Clock clock) {
        return new ClientGrant(directory, access, client, clock);
    }
}
