package io.sluice.sharing.world;

import io.sluice.model.failure.Failure;
import io.sluice.sharing.federation.IdentityTokens;
import io.sluice.sharing.federation.VerifiedToken;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Signs by remembering: what was issued here is genuine, all else is not. */
public final class TestIdentities implements IdentityTokens {
    private final Map<String, VerifiedToken> issued = new ConcurrentHashMap<>();
    private final AtomicInteger number = new AtomicInteger();

    public String issue(String issuer, String audience, Map<String, List<String>> claims) {
        String token = "eyJ." + number.incrementAndGet() + ".sig";
        issued.put(token, new VerifiedToken(issuer, List.of(audience), claims));
        return token;
    }

    @Override
    public VerifiedToken verify(String token, Predicate<String> believed) {
        VerifiedToken known = issued.get(token);
        if (known == null || !believed.test(known.issuer())) throw Failure.unauthenticated("Not a token of ours.");
        return known;
    }
}
