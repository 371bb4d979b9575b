package io.sluice.sharing.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.recipient.Activation;
import io.sluice.sharing.share.LiveDirectory;
import io.sluice.sharing.share.Share;
import io.sluice.sharing.share.ShareEntry;
import io.sluice.sharing.wire.ActivationPage;
import io.sluice.sharing.wire.ProfileJson;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/**
 * Where a one-use link leads. Open to anybody: holding the link is the proof. Programs get the profile at once. Who asks
 * for a page is a person, or a mail program that looks before the person does: they are shown what the link is for, and
 * a button.
 */
@Path("/api/2.1/unity-catalog/public")
@Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
public final class ActivationResource {
    private static final String HTML = "text/html; charset=utf-8";

    private final Activation activation;
    private final LiveDirectory directory;

    public ActivationResource(Activation activation, LiveDirectory directory) {
        this.activation = activation;
        this.directory = directory;
    }

    @GET
    @Path("/data_sharing_activation_info/{nonce}")
    @Produces(MediaType.APPLICATION_JSON)
    public ObjectNode info(@PathParam("nonce") String nonce) {
        activation.find(nonce);
        return Json.object();
    }

    /** @param version of the profile; 1 unless asked otherwise, for every client reads that */
    @GET
    @Path("/data_sharing_activation/{nonce}")
    public Response activate(
            @PathParam("nonce") String nonce,
            @QueryParam("share_credentials_version") Optional<String> version,
            @HeaderParam(HttpHeaders.ACCEPT) Optional<String> accept) {
        return wantsPage(accept) ? page(nonce) : profile(nonce, version).build();
    }

    /** Without this one, HEAD would do what GET does. */
    @HEAD
    @Path("/data_sharing_activation/{nonce}")
    public Response look(@PathParam("nonce") String nonce) {
        activation.find(nonce);
        return Response.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    /** The button. */
    @POST
    @Path("/data_sharing_activation/{nonce}")
    public Response download(
            @PathParam("nonce") String nonce,
            @QueryParam("share_credentials_version") Optional<String> version,
            @HeaderParam(HttpHeaders.ACCEPT) Optional<String> accept) {
        try {
            return profile(nonce, version)
                    .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"config.share\"")
                    .build();
        } catch (Failure e) {
            if (!wantsPage(accept)) throw e;
            return refusal(e);
        }
    }

    private Response.ResponseBuilder profile(String nonce, Optional<String> version) {
        ProfileJson.Version wanted = ProfileJson.version(version);
        return guarded(Response.ok(ProfileJson.of(activation.activate(nonce), wanted), MediaType.APPLICATION_JSON));
    }

    private Response page(String nonce) {
        try {
            Activation.Invitation invitation = activation.find(nonce);
            List<Share> shares = directory
                    .current()
                    .grantedTo(invitation.recipient().id())
                    .stream()
                    .map(ShareEntry::share)
                    .toList();
            return html(Response.ok(), ActivationPage.of(invitation, shares));
        } catch (Failure e) {
            return refusal(e);
        }
    }

    /** A denial is left to the server, which writes it down. */
    private static Response refusal(Failure failure) {
        if (failure.kind() != FailureKind.NOT_FOUND) throw failure;
        return html(
                Response.status(Response.Status.NOT_FOUND),
                ActivationPage.refusal(String.valueOf(failure.getMessage())));
    }

    private static Response html(Response.ResponseBuilder response, String page) {
        return guarded(response.type(HTML).entity(page))
                .header("Content-Security-Policy", ActivationPage.CONTENT_SECURITY_POLICY)
                .build();
    }

    /** The address itself is a secret: it must not be kept, nor told to where somebody goes from here. */
    private static Response.ResponseBuilder guarded(Response.ResponseBuilder response) {
        return response.header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff");
    }

    private static boolean wantsPage(Optional<String> accept) {
        return accept.filter(types -> types.contains(MediaType.TEXT_HTML)).isPresent();
    }
}
