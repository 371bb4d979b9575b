package io.sluice.sharing.recipient;

import io.sluice.model.failure.Failure;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses that begin with the same bits, as in {@code 203.0.113.0/24} or {@code 2001:db8::/32}; or a single one. Bits
 * behind the prefix are passed over.
 *
 * @param text as it was written, which is how it is shown
 * @param prefixBits how many leading bits count
 */
public record AddressRange(String text, InetAddress base, int prefixBits) {
    private static final String OCTET = "(?:0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final Pattern BITS = Pattern.compile("[0-9]{1,3}");
    /** How many bits stand before an IPv4 address that is written as an IPv6 one. */
    private static final int MAPPED_BITS = 96;

    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        InetAddress base = address(address).orElseThrow(() -> unreadable(text));
        int most = base.getAddress().length * Byte.SIZE;
        if (slash < 0) return new AddressRange(text, base, most);
        String bits = text.substring(slash + 1);
        if (!BITS.matcher(bits).matches()) throw unreadable(text);
        boolean isMapped = address.indexOf(':') >= 0 && most == Integer.SIZE;
        int prefix = Integer.parseInt(bits) - (isMapped ? MAPPED_BITS : 0);
        if (prefix < 0 || prefix > most) throw unreadable(text);
        return new AddressRange(text, base, prefix);
    }

    /** Reads a literal address and asks no name service. An IPv4 address in IPv6's spelling is the IPv4 address. */
    public static Optional<InetAddress> address(String literal) {
        boolean isIpv6 = literal.indexOf(':') >= 0 && IPV6.matcher(literal).matches();
        if (!isIpv6 && !IPV4.matcher(literal).matches()) return Optional.empty();
        try {
            // In brackets it can only be an address: what cannot be read is refused, not looked up.
            return Optional.of(InetAddress.getByName(isIpv6 ? "[" + literal + "]" : literal));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    public boolean contains(InetAddress address) {
        byte[] ours = base.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) return false;
        for (int bit = 0; bit < prefixBits; bit += Byte.SIZE) {
            int open = Math.max(0, bit + Byte.SIZE - prefixBits);
            int differing = (ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & 0xff;
            if (differing >> open != 0) return false;
        }
        return true;
    }

    private static Failure unreadable(String text) {
        return Failure.invalid(
                "\"%s\" is no address and no range of addresses. Write 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32.",
                text);
    }
}
