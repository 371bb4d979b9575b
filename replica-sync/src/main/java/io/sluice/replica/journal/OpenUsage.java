package io.sluice.replica.journal;

import java.util.List;

/** What has crossed for a replica and stands on no landed receipt yet. */
public record OpenUsage(List<Claim> claims, List<Move> moves) {
    public OpenUsage {
        claims = List.copyOf(claims);
        moves = List.copyOf(moves);
    }

    public long wireBytes() {
        return claims.stream().mapToLong(Claim::bytes).reduce(0, Math::addExact);
    }
}
