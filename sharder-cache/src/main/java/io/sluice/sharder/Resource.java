package io.sluice.sharder;

import java.util.Comparator;

/**
 * A pod in one of its lives. A process that starts again at the same address is another resource: what its former self
 * held, it does not hold.
 *
 * @param name for people, for example the name of the Kubernetes pod
 * @param address where requests are sent to
 * @param incarnation grows with every start at one address; milliseconds since 1970 serve well
 */
public record Resource(String name, String address, long incarnation) implements Comparable<Resource> {
    private static final Comparator<Resource> ORDER = Comparator.comparing(Resource::name)
            .thenComparing(Resource::address)
            .thenComparingLong(Resource::incarnation);

    public Resource {
        if (name.isBlank()) throw new IllegalArgumentException("a pod needs a name");
        if (address.isBlank()) throw new IllegalArgumentException("pod " + name + " needs an address");
        if (incarnation <= 0)
            throw new IllegalArgumentException("incarnation %d of pod %s is not positive".formatted(incarnation, name));
    }

    /**
     * Only one process can answer at an address, and it is the one that started last. Should two claim the very same
     * moment, the name decides, so that at least all agree on one.
     */
    public boolean supersedes(Resource other) {
        if (!address.equals(other.address)) return false;
        return incarnation == other.incarnation ? name.compareTo(other.name) > 0 : incarnation > other.incarnation;
    }

    @Override
    public int compareTo(Resource other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return name + "@" + address + "#" + incarnation;
    }
}
