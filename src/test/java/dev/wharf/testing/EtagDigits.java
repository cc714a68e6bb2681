package dev.wharf.testing;

/** 32 hexadecimal digits that depend on a number, as quickly as a listing of millions wants them. */
final class EtagDigits {
    static final int COUNT = 32;
    private static final byte[] HEX = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private EtagDigits() {}

    static void write(long number, byte[] target, int at) {
        long mixed = mixed(number);
        half(mixed, target, at);
        half(mixed(mixed), target, at + COUNT / 2);
    }

    private static void half(long bits, byte[] target, int at) {
        for (int index = 0; index < COUNT / 2; index++) {
            target[at + index] = HEX[(int) (bits >>> (60 - 4 * index)) & 15];
        }
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014): each bit depends on each. */
    private static long mixed(long number) {
        long bits = number + 0x9e3779b97f4a7c15L;
        bits = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111ebL;
        return bits ^ (bits >>> 31);
    }
}
