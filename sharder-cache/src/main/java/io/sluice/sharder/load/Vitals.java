package io.sluice.sharder.load;

import java.util.Set;

/**
 * What a pod tells of itself once a second.
 *
 * @param unreachable the names or addresses of pods to which it could not connect lately
 */
public record Vitals(PodTraits traits, LoadReport load, Set<String> unreachable) {
    public Vitals {
        unreachable = Set.copyOf(unreachable);
    }
}
