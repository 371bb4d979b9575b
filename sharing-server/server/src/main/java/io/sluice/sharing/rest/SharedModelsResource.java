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

/** Models in the sharing protocol. */
@Path("/delta-sharing/shares")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public final class SharedModelsResource {
    private final RecipientDoor door;
    private final SharedFolders folders;

    public SharedModelsResource(RecipientDoor door, SharedFolders folders) {
        this.door = door;
        this.folders = folders;
    }

    /** Which model. */
    public static final class Named {
        @PathParam("share")
        String share = "";

        @PathParam("schema")
        String schema = "";

        @PathParam("model")
        String model = "";

        Address address() {
            return new Address(AssetKind.MODEL, ShareName.of(share), new SharedAs(schema, model));
        }
    }

    @GET
    @Path("/{share}/all-models")
    public ObjectNode all(@BeanParam Asked asked, @PathParam("share") String share) {
        return page(asked, share, Optional.empty());
    }

    @GET
    @Path("/{share}/schemas/{schema}/models")
    public ObjectNode inSchema(
            @BeanParam Asked asked, @PathParam("share") String share, @PathParam("schema") String schema) {
        return page(asked, share, Optional.of(schema));
    }

    @GET
    @Path("/{share}/schemas/{schema}/models/{model}")
    public ObjectNode model(@BeanParam Asked asked, @BeanParam Named named) {
        return AssetJson.model(folders.get(door.enter(asked.authorization, asked.routing()), named.address()));
    }

    @GET
    @Path("/{share}/schemas/{schema}/models/{model}/versions")
    public ObjectNode versions(@BeanParam Asked asked, @BeanParam Named named) {
        return ProtocolJson.page(
                folders.versions(door.enter(asked.authorization, asked.routing()), named.address(), asked.page()),
                AssetJson::version);
    }

    @GET
    @Path("/{share}/schemas/{schema}/models/{model}/versions/{version}")
    public ObjectNode version(@BeanParam Asked asked, @BeanParam Named named, @PathParam("version") String version) {
        return AssetJson.version(
                folders.version(door.enter(asked.authorization, asked.routing()), named.address(), version));
    }

    @POST
    @Path("/{share}/schemas/{schema}/models/{model}/versions/{version}/temporary-model-version-credentials")
    public ObjectNode credentials(
            @BeanParam Asked asked, @BeanParam Named named, @PathParam("version") String version) {
        return AssetJson.credentials(
                folders.credentials(door.enter(asked.authorization, asked.routing()), named.address(), version));
    }

    /** The same under the name that the protocol's overview has for it. */
    @POST
    @Path("/{share}/schemas/{schema}/models/{model}/versions/{version}/temporary-model-credentials")
    public ObjectNode credentialsByOtherName(
            @BeanParam Asked asked, @BeanParam Named named, @PathParam("version") String version) {
        return credentials(asked, named, version);
    }

    private ObjectNode page(Asked asked, String share, Optional<String> schema) {
        return ProtocolJson.page(
                folders.list(
                        door.enter(asked.authorization, asked.routing()),
                        AssetKind.MODEL,
                        ShareName.of(share),
                        schema,
                        asked.page()),
                AssetJson::model);
    }
}
