package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.access.Authenticator;
import io.sluice.catalog.govern.Metastores;
import io.sluice.catalog.govern.Tokens;
import io.sluice.model.failure.Failure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sign-in with a token of a trusted issuer, by RFC 8693 as Unity Catalog does it, and sign-out. */
@Path("/api/1.0/unity-control/auth")
@Produces(MediaType.APPLICATION_JSON)
public final class SignInResource {
    /** Where browsers keep a session, under Unity Catalog's name for it. */
    static final String COOKIE = "UC_TOKEN";

    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    private static final Set<String> SUBJECTS =
            Set.of("urn:ietf:params:oauth:token-type:id_token", "urn:ietf:params:oauth:token-type:jwt", ACCESS_TOKEN);

    private final Metastores metastores;
    private final Clock clock;

    public SignInResource(Metastores metastores, Clock clock) {
        this.metastores = metastores;
        this.clock = clock;
    }

    @POST
    @Path("tokens")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response exchange(
            @FormParam("grant_type") String grantType,
            @FormParam("requested_token_type") String requestedType,
            @FormParam("subject_token_type") String subjectType,
            @FormParam("subject_token") String subject,
            @QueryParam("ext") String extension) {
        require("grant_type", Set.of(EXCHANGE), grantType);
        if (requestedType != null) require("requested_token_type", Set.of(ACCESS_TOKEN), requestedType);
        require("subject_token_type", SUBJECTS, subjectType);
        String token = Fields.required("subject_token", subject);
        Tokens.IssuedToken session = metastores.of(token).signIn().exchange(token);
        long seconds = (session.record().expiresAt() - clock.millis()) / 1_000;
        ObjectNode answer = Wire.object()
                .put("access_token", session.token())
                .put("issued_token_type", ACCESS_TOKEN)
                .put("token_type", "Bearer")
                .put("expires_in", seconds);
        Response.ResponseBuilder response = Response.ok(Wire.bytes(answer), MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        if ("cookie".equals(extension)) response.cookie(cookie(session.token(), (int) seconds));
        return response.build();
    }

    @POST
    @Path("logout")
    @Consumes(MediaType.WILDCARD)
    public Response logout(@Context HttpHeaders headers) {
        String token =
                Authenticator.bearer(bearer(headers.getHeaderString(HttpHeaders.AUTHORIZATION), headers.getCookies()));
        metastores.of(token).signIn().out(token);
        return Response.ok(Wire.bytes(Wire.object()), MediaType.APPLICATION_JSON_TYPE)
                .cookie(cookie("", 0))
                .build();
    }

    /** The Authorization header, or what it would be with the session that a browser holds. */
    static @Nullable String bearer(@Nullable String header, Map<String, Cookie> cookies) {
        @Nullable Cookie cookie = cookies.get(COOKIE);
        return header != null || cookie == null ? header : "Bearer " + cookie.getValue();
    }

    /** Never sent along with what another site makes the browser do. */
    private static NewCookie cookie(String value, int seconds) {
        return new NewCookie.Builder(COOKIE)
                .value(value)
                .path("/")
                .maxAge(seconds)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }

    private static void require(String field, Set<String> understood, @Nullable String value) {
        String given = Fields.required(field, value);
        if (!understood.contains(given))
            throw Failure.invalid("%s is \"%s\". Write %s.", field, given, String.join(" or ", understood));
    }
}
