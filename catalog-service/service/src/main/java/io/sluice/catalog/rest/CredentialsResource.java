package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.govern.Assets;
import io.sluice.catalog.govern.Assets.Draft;
import io.sluice.catalog.govern.Assets.Key;
import io.sluice.catalog.govern.ExternalLocations;
import io.sluice.catalog.govern.Governance;
import io.sluice.model.failure.Failure;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Storage credentials. A credential names a role to take; secrets never come through here, so that none can be read
 * back, logged or lost with a backup.
 */
@Path("/api/2.1/unity-catalog/credentials")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class CredentialsResource {
    private final Assets assets;
    private final ExternalLocations locations;

    public CredentialsResource(Governance governance) {
        this.assets = governance.assets();
        this.locations = governance.externalLocations();
    }

    record AwsIamRole(@Nullable String roleArn) {}

    record CreateCredential(
            @Nullable String name,
            @Nullable String purpose,
            @Nullable AwsIamRole awsIamRole,
            @Nullable String comment) {}

    record UpdateCredential(
            @Nullable String newName,
            @Nullable AwsIamRole awsIamRole,
            @Nullable String comment,
            @Nullable String owner) {}

    @POST
    public Response create(byte[] body, @Context SecurityContext security) {
        CreateCredential wanted = Wire.read(body, CreateCredential.class);
        String purpose = wanted.purpose() == null ? "STORAGE" : wanted.purpose();
        if (!purpose.equals("STORAGE"))
            throw Failure.unsupported("Credentials of purpose %s are not served. Use STORAGE.", purpose);
        if (wanted.awsIamRole() == null)
            throw Failure.unsupported(
                    "The credential has no aws_iam_role. Roles of AWS are the one kind that is kept here; other clouds"
                            + " are set up with the server's stores.");
        ObjectNode details = Wire.object().put("purpose", purpose);
        details.set("aws_iam_role", role(wanted.awsIamRole(), UUID.randomUUID().toString()));
        return Wire.ok(assets.create(
                        Callers.of(security),
                        key(Fields.required("name", wanted.name())),
                        new Draft(null, wanted.comment(), details))
                .body());
    }

    @GET
    public Response list(
            @QueryParam("max_results") @Nullable String maxResults,
            @QueryParam("page_token") @Nullable String pageToken,
            @Context SecurityContext security) {
        return Wire.assets(
                "credentials",
                assets.list(Callers.of(security), SecurableType.CREDENTIAL, null, Fields.page(maxResults, pageToken)));
    }

    @GET
    @Path("{name}")
    public Response get(@PathParam("name") String name, @Context SecurityContext security) {
        return Wire.ok(assets.get(Callers.of(security), key(name)).body());
    }

    @PATCH
    @Path("{name}")
    public Response update(@PathParam("name") String name, byte[] body, @Context SecurityContext security) {
        UpdateCredential wanted = Wire.read(body, UpdateCredential.class);
        AwsIamRole role = wanted.awsIamRole();
        UnaryOperator<JsonNode> details = role == null
                ? UnaryOperator.identity()
                : now -> ((ObjectNode) now.deepCopy())
                        .set(
                                "aws_iam_role",
                                role(role, now.at("/aws_iam_role/external_id").asText()));
        return Wire.ok(assets.update(
                        Callers.of(security),
                        key(name),
                        new Assets.Patch(
                                Fields.map(wanted.newName(), EntityName::of),
                                wanted.comment(),
                                wanted.owner(),
                                null,
                                details))
                .body());
    }

    @DELETE
    @Path("{name}")
    public Response delete(
            @PathParam("name") String name,
            @QueryParam("force") @DefaultValue("false") boolean force,
            @Context SecurityContext security) {
        if (!force) locations.requireUnused(EntityName.of(name));
        assets.delete(Callers.of(security), key(name));
        return Wire.deleted();
    }

    /** The external id is ours to choose: it keeps another customer's server from taking the same role. */
    private static ObjectNode role(AwsIamRole wanted, String externalId) {
        String arn = Fields.required("aws_iam_role.role_arn", wanted.roleArn());
        if (!arn.matches("arn:aws[\\w-]*:iam::\\d{12}:role/[\\w+=,.@/-]+"))
            throw Failure.invalid("The role_arn \"%s\" is not the ARN of a role.", arn);
        return Wire.object().put("role_arn", arn).put("external_id", externalId).putNull("unity_catalog_iam_arn");
    }

    private static Key key(String name) {
        return Key.parse(SecurableType.CREDENTIAL, name);
    }
}
