package io.sluice.sharder.membership;

import io.sluice.sharder.membership.PodNotice.Kind;
import io.sluice.sharder.membership.PodSighting.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns sightings into news: says what changed and nothing twice. Confined to one thread. */
public final class Sightings {
    private final Map<String, PodSighting> pods = new LinkedHashMap<>();

    /** What is known now. */
    public List<PodSighting> pods() {
        return List.copyOf(pods.values());
    }

    /** One pod was seen. */
    public Optional<PodNotice> see(PodSighting pod) {
        PodSighting before = pods.put(pod.id(), pod);
        // Nobody comes back from the order to end, whatever a late view says.
        if (before != null && before.standing() == Standing.TERMINATING && pod.standing() != Standing.TERMINATING) {
            pods.put(pod.id(), before);
            return Optional.empty();
        }
        if (before != null && before.standing() == pod.standing())
            return before.zone().equals(pod.zone()) ? Optional.empty() : Optional.of(new PodNotice(Kind.LOCATED, pod));
        return Optional.of(new PodNotice(kind(before == null, pod.standing()), pod));
    }

    public Optional<PodNotice> gone(String id) {
        return Optional.ofNullable(pods.remove(id)).map(pod -> new PodNotice(Kind.GONE, pod));
    }

    /** These are all there are. */
    public List<PodNotice> seeAll(Collection<PodSighting> all) {
        List<PodNotice> news = new ArrayList<>();
        all.forEach(pod -> see(pod).ifPresent(news::add));
        Set<String> missing = new HashSet<>(pods.keySet());
        all.forEach(pod -> missing.remove(pod.id()));
        missing.forEach(id -> gone(id).ifPresent(news::add));
        return news;
    }

    private static Kind kind(boolean isNew, Standing standing) {
        return switch (standing) {
            case NOT_READY -> isNew ? Kind.APPEARED : Kind.NOT_READY;
            case READY -> Kind.READY;
            case TERMINATING -> Kind.TERMINATING;
        };
    }
}
