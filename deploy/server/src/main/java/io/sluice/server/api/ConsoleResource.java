package io.sluice.server.api;

import io.sluice.catalog.access.Caller;
import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.rest.Wire;
import io.sluice.model.failure.Failure;
import io.sluice.server.launch.Bootstrap;
import io.sluice.server.launch.ConsoleCodes;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Signs the reader of the console link in: the code of the link, good once, against a token that lives for a day. */
@Path("/api/1.0/sluice/console/session")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class ConsoleResource {
    private static final Duration SESSION = Duration.ofHours(24);

    private final ConsoleCodes codes;
    private final Governance governance;

    public ConsoleResource(ConsoleCodes codes, Governance governance) {
        this.codes = codes;
        this.governance = governance;
    }

    record SignIn(@Nullable String code) {}

    @POST
    public Response signIn(byte[] body) {
        String code = Wire.read(body, SignIn.class).code();
        if (code == null || !codes.redeem(code))
            throw Failure.unauthenticated("The code was used before, has expired, or was never issued. Restart dev for"
                    + " a new link, or paste a token.");
        Caller admin = new Caller(Bootstrap.ADMIN);
        return Wire.ok(Wire.object()
                .put(
                        "token",
                        governance
                                .tokens()
                                .issue(admin, admin.name(), "console", SESSION)
                                .token()));
    }
}
