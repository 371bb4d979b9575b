package io.sluice.sharing.rest;

import io.sluice.crypto.seal.KeyRevokedException;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.federation.FederationPolicies;
import io.sluice.sharing.oauth.ClientGrant;
import io.sluice.sharing.provider.ProviderShares;
import io.sluice.sharing.provider.Providers;
import io.sluice.sharing.query.FolderAccess;
import io.sluice.sharing.query.ShareListing;
import io.sluice.sharing.query.SharedFolders;
import io.sluice.sharing.query.SharingProtocol;
import io.sluice.sharing.recipient.Activation;
import io.sluice.sharing.recipient.RecipientLimits;
import io.sluice.sharing.recipient.Recipients;
import io.sluice.sharing.share.LiveDirectory;
import io.sluice.sharing.share.SharePermissions;
import io.sluice.sharing.share.Shares;
import io.sluice.sharing.wire.SharingErrors;
import io.sluice.sharing.world.World;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.file.Files;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What the server provides, as it has to provide it. */
@ApplicationScoped
class RestBeans {
    /** Requests of one recipient. */
    static final int AT_ONCE = 4;

    @Produces
    @Singleton
    World world() throws IOException {
        return new World(Files.createTempDirectory("sharing"));
    }

    @Produces
    @Singleton
    Caller caller() {
        return () -> World.ADMIN;
    }

    @Produces
    @Singleton
    Shares shares(World world) {
        return world.shares;
    }

    @Produces
    @Singleton
    SharePermissions permissions(World world) {
        return world.permissions;
    }

    @Produces
    @Singleton
    Recipients recipients(World world) {
        return world.recipients;
    }

    @Produces
    @Singleton
    Activation activation(World world) {
        return world.activation;
    }

    @Produces
    @Singleton
    FederationPolicies policies(World world) {
        return world.policies;
    }

    @Produces
    @Singleton
    ClientGrant clientGrant(World world) {
        return world.clientGrant;
    }

    @Produces
    @Singleton
    Providers providers(World world) {
        return world.providers;
    }

    @Produces
    @Singleton
    ProviderShares providerShares(World world) {
        return world.providerShares;
    }

    @Produces
    @Singleton
    LiveDirectory directory(World world) {
        return world.directory;
    }

    @Produces
    @Singleton
    RecipientDoor door(World world) {
        return new RecipientDoor(
                world.authentication,
                new RecipientLimits(new RecipientLimits.Bounds(100_000, 100_000, AT_ONCE), System::nanoTime));
    }

    @Produces
    @Singleton
    ShareListing listing(World world) {
        return world.listing;
    }

    @Produces
    @Singleton
    SharingProtocol protocol(World world) {
        return world.protocol;
    }

    @Produces
    @Singleton
    FolderAccess folderAccess(World world) {
        return world.folderAccess;
    }

    @Produces
    @Singleton
    SharedFolders folders(World world) {
        return world.folders;
    }

    void files(@Observes Router router, World world) {
        new FilesRoute(world.gateway, context -> world.client).register(router);
    }

    @ServerExceptionMapper({Failure.class, KeyRevokedException.class})
    Response error(RuntimeException failure) {
        SharingErrors.Answer answer = SharingErrors.of(failure);
        Response.ResponseBuilder response = Response.status(answer.status()).entity(answer.body("r-1"));
        answer.headers().forEach(response::header);
        return response.build();
    }
}
