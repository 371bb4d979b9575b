package io.sluice.sharing.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sharing.asset.AssetKind;
import io.sluice.sharing.query.SharedFolders;
import io.sluice.sharing.query.SharedFolders.Address;
import io.sluice.sharing.rest.ShareListResource.Asked;
import io.sluice.sharing.share.ShareName;
import io.sluice.sharing.share.SharedAs;
import io.sluice.sharing.wire.AssetJson;
import io.sluice.sharing.wire.ProtocolJson;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** Volumes in the sharing protocol. */
@Path("/delta-sharing/shares")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public final class SharedVolumesResource {
    private final RecipientDoor door;
    private final SharedFolders folders;

    public SharedVolumesResource(RecipientDoor door, SharedFolders folders) {
        this.door = door;
        this.folders = folders;
    }

    /** Which volume. */
    public static final class Named {
        @PathParam("share")
        String share = "";

        @PathParam("schema")
        String schema = "";

        @PathParam("volume")
        String volume = "";

        Address address() {
            return new Address(AssetKind.VOLUME, ShareName.of(share), new SharedAs(schema, volume));
        }
    }

    @GET
    @Path("/{share}/all-volumes")
    public ObjectNode all(@BeanParam Asked asked, @PathParam("share") String share) {
        return page(asked, share, Optional.empty());
    }

    @GET
    @Path("/{share}/schemas/{schema}/volumes")
    public ObjectNode inSchema(
            @BeanParam Asked asked, @PathParam("share") String share, @PathParam("schema") String schema) {
        return page(asked, share, Optional.of(schema));
    }

    @GET
    @Path("/{share}/schemas/{schema}/volumes/{volume}")
    public ObjectNode volume(@BeanParam Asked asked, @BeanParam Named named) {
        return AssetJson.volume(folders.get(door.enter(asked.authorization, asked.routing()), named.address()));
    }

    @POST
    @Path("/{share}/schemas/{schema}/volumes/{volume}/temporary-volume-credentials")
    public ObjectNode credentials(@BeanParam Asked asked, @BeanParam Named named) {
        return AssetJson.credentials(
                folders.credentials(door.enter(asked.authorization, asked.routing()), named.address()));
    }

    private ObjectNode page(Asked asked, String share, Optional<String> schema) {
        return ProtocolJson.page(
                folders.list(
                        door.enter(asked.authorization, asked.routing()),
                        AssetKind.VOLUME,
                        ShareName.of(share),
                        schema,
                        asked.page()),
                AssetJson::volume);
    }
}
