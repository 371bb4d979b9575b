package io.sluice.server.http;

import io.sluice.catalog.WrongPodException;
import io.sluice.catalog.govern.Metastores;
import io.sluice.catalog.rest.DeltaErrors;
import io.sluice.catalog.rest.Scim;
import io.sluice.catalog.rest.UnityErrors;
import io.sluice.crypto.hierarchy.KeyStateException;
import io.sluice.crypto.hierarchy.UnknownScopeException;
import io.sluice.crypto.kms.KmsException;
import io.sluice.crypto.seal.KeyRevokedException;
import io.sluice.crypto.seal.KeyUnavailableException;
import io.sluice.model.failure.Failure;
import io.sluice.server.observe.Denials;
import io.sluice.sharing.wire.SharingErrors;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every failure, in the dialect of the face that was asked. What we cannot explain is logged and told as a bare 500. */
@Singleton
@Provider
public final class Errors {
    private static final Logger LOG = Logger.getLogger(Errors.class);

    private final RequestIds requestIds;
    private final Forwarding forwarding;
    private final CurrentCaller caller;
    private final Denials denials;
    private final jakarta.inject.Provider<Metastores> metastores;

    /** @param metastores got with the first denial: mappers are made before there is a store to write to */
    Errors(
            RequestIds requestIds,
            Forwarding forwarding,
            CurrentCaller caller,
            Denials denials,
            jakarta.inject.Provider<Metastores> metastores) {
        this.requestIds = requestIds;
        this.forwarding = forwarding;
        this.caller = caller;
        this.denials = denials;
        this.metastores = metastores;
    }

    @ServerExceptionMapper
    public Response map(Failure failure, @Context UriInfo uri) {
        String requestId = requestIds.current();
        switch (failure.kind()) {
            case UNAVAILABLE, UNKNOWN_OUTCOME, REFUSED_ELSEWHERE ->
                LOG.warnf(failure.getCause(), "[%s] %s", requestId, failure.getMessage());
            case DENIED -> writeDown(failure, uri);
            default -> LOG.debugf("[%s] %s", requestId, failure.getMessage());
        }
        return render(failure, uri);
    }

    private void writeDown(Failure denial, UriInfo uri) {
        denials.add();
        try {
            caller.entry()
                    .map(Metastores.Entry::governance)
                    .orElseGet(() -> metastores.get().first())
                    .auditLog()
                    .refused(
                            caller.name(),
                            isSharing(uri) ? "deltaSharing" : "unityCatalog",
                            Map.of("path", uri.getPath()),
                            String.valueOf(denial.getMessage()));
        } catch (Failure e) {
            // The caller is refused all the same.
            LOG.warnf(e, "[%s] a denial was not written down", requestIds.current());
        }
    }

    @ServerExceptionMapper
    public Response map(KeyRevokedException revoked, @Context UriInfo uri) {
        return render(
                Failure.keyRevoked(
                        "The key of this data was withdrawn by its owner. Retrying will not help: ask the owner."),
                uri);
    }

    @ServerExceptionMapper
    public Response map(KeyUnavailableException unreachable, @Context UriInfo uri) {
        return map(Failure.unavailable(unreachable, "%s", String.valueOf(unreachable.getMessage())), uri);
    }

    @ServerExceptionMapper
    public Response map(KeyStateException wrongState, @Context UriInfo uri) {
        return render(Failure.conflict("%s", String.valueOf(wrongState.getMessage())), uri);
    }

    @ServerExceptionMapper
    public Response map(UnknownScopeException unknown, @Context UriInfo uri) {
        return render(
                Failure.notFound(
                        Failure.Subject.ANYTHING,
                        "%s Create a catalog with managed_encryption_settings to make one.",
                        String.valueOf(unknown.getMessage())),
                uri);
    }

    /** Reaches a caller only where they work on keys themselves; readers of sealed data are told by the kinds above. */
    @ServerExceptionMapper
    public Response map(KmsException refused, @Context UriInfo uri) {
        String message = "The key service refused: " + refused.getMessage() + ".";
        return map(
                switch (refused.kind()) {
                    case DENIED -> Failure.denied("%s", message);
                    case UNREACHABLE -> Failure.unavailable(refused, "%s", message);
                    case CORRUPT -> Failure.keyRevoked("%s", message);
                },
                uri);
    }

    @ServerExceptionMapper
    public Response map(WrongPodException elsewhere, @Context UriInfo uri) {
        try {
            return forwarding.forward(elsewhere);
        } catch (Failure e) {
            return render(e, uri);
        }
    }

    @ServerExceptionMapper
    public Response map(NotFoundException nowhere, @Context UriInfo uri) {
        if (uri.getRequestUri().getPath().startsWith("/api/2.1/unity-catalog"))
            return render(Failure.unsupported("%s is not served by this version.", uri.getPath()), uri);
        return render(Failure.notFound(Failure.Subject.ANYTHING, "There is nothing at %s.", uri.getPath()), uri);
    }

    @ServerExceptionMapper
    public Response map(NotAllowedException wrongMethod, @Context UriInfo uri) {
        return render(Failure.unsupported("This method is not served at %s.", uri.getPath()), uri);
    }

    @ServerExceptionMapper
    public Response map(WebApplicationException e, @Context UriInfo uri) {
        int status = e.getResponse().getStatus();
        if (status >= 500) return map((Throwable) e, uri);
        return render(
                status == 413
                        ? Failure.tooLarge("The body is too large. Send less at once.")
                        : Failure.invalid("The request cannot be read. Check its path, parameters and headers."),
                uri);
    }

    @ServerExceptionMapper
    public Response map(Throwable unexpected, @Context UriInfo uri) {
        String requestId = requestIds.current();
        LOG.errorf(unexpected, "[%s] unexpected failure of %s", requestId, uri.getPath());
        String message = "The server failed. Report request id " + requestId + ".";
        if (isSharing(uri)) return sharing(SharingErrors.of(unexpected));
        if (isDelta(uri)) return DeltaErrors.unexpected(message);
        return UnityErrors.render(500, "INTERNAL", message, requestId);
    }

    private Response render(Failure failure, UriInfo uri) {
        if (isSharing(uri)) return sharing(SharingErrors.of(failure));
        if (isDelta(uri)) return DeltaErrors.render(failure);
        return Scim.covers(uri.getRequestUri().getPath())
                ? UnityErrors.renderScim(failure, requestIds.current())
                : UnityErrors.render(failure, requestIds.current());
    }

    private static boolean isDelta(UriInfo uri) {
        return DeltaErrors.covers(uri.getRequestUri().getPath());
    }

    private static boolean isSharing(UriInfo uri) {
        return uri.getRequestUri().getPath().startsWith("/delta-sharing");
    }

    private Response sharing(SharingErrors.Answer answer) {
        Response.ResponseBuilder response = Response.status(answer.status()).entity(answer.body(requestIds.current()));
        answer.headers().forEach(response::header);
        return response.build();
    }
}
