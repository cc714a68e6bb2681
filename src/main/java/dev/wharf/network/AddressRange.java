package dev.wharf.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A range of IP addresses (CIDR, RFC 4632 and RFC 4291 §2.3).
 *
 * @param bits how many of the first bits of its addresses are those of {@code first}
 */
record AddressRange(InetAddress first, int bits) {
    private static final Pattern TEXT = Pattern.compile("([0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)/([0-9]{1,3})");

    /**
     * @throws IllegalArgumentException if it is not an address, a slash and a number of bits
     */
    static AddressRange of(String text) {
        var matcher = TEXT.matcher(text);
        try {
            if (matcher.matches()) {
                var first = InetAddress.getByName(matcher.group(1)); // digits are never looked up
                int bits = Integer.parseInt(matcher.group(2));
                if (bits <= first.getAddress().length * Byte.SIZE) {
                    return new AddressRange(first, bits);
                }
            }
        } catch (UnknownHostException e) {
            // told below
        }
        throw new IllegalArgumentException(text + " is not a range of addresses such as 10.0.0.0/8 or fd00::/8");
    }

    boolean contains(InetAddress address) {
        byte[] mine = first.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += Byte.SIZE) {
            int index = bit / Byte.SIZE;
            int mask = bits - bit >= Byte.SIZE ? 0xFF : 0xFF << (Byte.SIZE - (bits - bit)) & 0xFF;
            if ((mine[index] & mask) != (other[index] & mask)) {
                return false;
            }
        }
        return true;
    }
}
