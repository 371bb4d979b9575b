package io.sluice.server.http;

import io.sluice.catalog.Estate;
import io.sluice.model.work.Territory;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/**
 * What is shared, keys, replicas and the bill stand above the catalogs: the owner of the root answers for them, and any
 * other pod sends such a request on to it. Recipients are answered by every pod.
 */
@Provider
@Singleton
@Priority(Priorities.AUTHENTICATION - 1)
public final class RootOwnerFilter implements ContainerRequestFilter {
    private static final List<String> ROOT_FACES = List.of(
            "/api/2.1/unity-catalog/shares",
            "/api/2.1/unity-catalog/recipients",
            "/api/2.1/unity-catalog/providers",
            "/api/2.1/data-sharing/",
            "/api/2.1/unity-catalog/public/",
            "/api/2.0/data-sharing/",
            "/api/1.0/sluice/shares",
            "/api/1.0/sluice/replicas",
            "/api/1.0/sluice/keys",
            "/api/1.0/sluice/billing",
            "/api/1.0/sluice/demo",
            "/api/1.0/sluice/stores");

    private final jakarta.inject.Provider<Estate> estate;

    RootOwnerFilter(jakarta.inject.Provider<Estate> estate) {
        this.estate = estate;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String path = request.getUriInfo().getRequestUri().getPath();
        for (String face : ROOT_FACES) if (path.startsWith(face)) estate.get().requireOurs(Territory.ROOT);
    }
}
