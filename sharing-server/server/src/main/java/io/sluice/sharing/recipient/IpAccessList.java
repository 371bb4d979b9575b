package io.sluice.sharing.recipient;

import io.sluice.model.failure.Failure;
import java.net.InetAddress;
import java.util.List;

/** From where a recipient may come. An empty list lets in from everywhere. */
public record IpAccessList(List<AddressRange> ranges) {
    public static final IpAccessList EVERYWHERE = new IpAccessList(List.of());

    private static final int MOST_RANGES = 100;

    public IpAccessList {
        ranges = List.copyOf(ranges);
        if (ranges.size() > MOST_RANGES)
            throw Failure.invalid(
                    "The ip_access_list has %d addresses. At most %d are allowed: join neighbours into ranges.",
                    ranges.size(), MOST_RANGES);
    }

    public static IpAccessList of(List<String> texts) {
        return new IpAccessList(texts.stream().map(AddressRange::parse).toList());
    }

    public List<String> texts() {
        return ranges.stream().map(AddressRange::text).toList();
    }

    /** Whether it does not matter where somebody comes from. */
    public boolean admitsAll() {
        return ranges.isEmpty();
    }

    public boolean admits(InetAddress address) {
        return admitsAll() || ranges.stream().anyMatch(range -> range.contains(address));
    }

    /** Says which address was refused, so that the recipient can tell the provider what to add. */
    public void require(InetAddress address) {
        if (!admits(address))
            throw Failure.denied(
                    "The address %s is not in this recipient's IP access list. Ask the provider to add it.",
                    address.getHostAddress());
    }
}
