package dev.wharf.browse.zip;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The names of entries. A key is a name as it is, unless a tool that unpacks it could take it for something else: one that
 * begins or ends with a slash or has two in a row, has a segment {@code .} or {@code ..}, a backslash, a control
 * character or one that turns the direction of text, or begins like a drive ({@code C:}). Of such a key what is to blame, and every per cent sign, is written as in a URL:
 * {@code a/../b} is {@code a/%2E%2E/b}. The rare key that looks as if it had come about like that is written so too; so two
 * keys never have one name.
 */
public final class ZipName {
    private ZipName() {}

    /**
     * @param key of a file, below the folder that the archive stands for
     */
    public static String of(String key) {
        return isUnsafe(key) ? escaped(key) : key;
    }

    private static boolean isUnsafe(String key) {
        String escaped = escaped(key);
        return !escaped.equals(key.replace("%", "%25")) || isLikeEscaped(key);
    }

    /** Whether this is the name of another key. */
    private static boolean isLikeEscaped(String key) {
        String origin = key.indexOf('%') < 0 ? null : decoded(key);
        return origin != null && isUnsafe(origin) && escaped(origin).equals(key);
    }

    private static String escaped(String key) {
        var name = new StringBuilder(key.length() + 8);
        int begin = 0;
        for (int end = separator(key, 0); end >= 0; end = separator(key, end + 1)) {
            segment(key.substring(begin, end), begin == 0, name);
            name.append('/');
            begin = end + 1;
        }
        segment(key.substring(begin), begin == 0, name);
        return name.toString();
    }

    /** The next slash that has something on both sides; -1 if there is none. */
    private static int separator(String key, int from) {
        int slash = key.indexOf('/', from);
        while (slash == 0 || slash > 0 && key.charAt(slash - 1) == '/') {
            slash = key.indexOf('/', slash + 1);
        }
        return slash == key.length() - 1 ? -1 : slash;
    }

    private static void segment(String segment, boolean first, StringBuilder name) {
        boolean dots = segment.equals(".") || segment.equals("..");
        boolean drive = first && segment.length() > 1 && segment.charAt(1) == ':' && isLetter(segment.charAt(0));
        for (int index = 0; index < segment.length(); index++) {
            char c = segment.charAt(index);
            boolean blamed = c == '%'
                    || c == '/'
                    || c == '\\'
                    || Character.isISOControl(c)
                    || turnsText(c)
                    || dots && c == '.'
                    || drive && index == 1;
            if (blamed) {
                for (byte b : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
                    name.append(String.format("%%%02X", b));
                }
            } else {
                name.append(c);
            }
        }
    }

    /** Whether what follows is shown in another order than it is in (Unicode Bidirectional Algorithm, 2). */
    private static boolean turnsText(char c) {
        return c == '\u061c'
                || c == '\u200e'
                || c == '\u200f'
                || c >= '\u202a' && c <= '\u202e'
                || c >= '\u2066' && c <= '\u2069';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** Null where it is no text that was written as in a URL. */
    private static String decoded(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        var out = ByteBuffer.allocate(bytes.length);
        for (int index = 0; index < bytes.length; index++) {
            if (bytes[index] != '%') {
                out.put(bytes[index]);
                continue;
            }
            int high = index + 2 < bytes.length ? Character.digit(bytes[index + 1], 16) : -1;
            int low = index + 2 < bytes.length ? Character.digit(bytes[index + 2], 16) : -1;
            if (high < 0 || low < 0) {
                return null;
            }
            out.put((byte) (high << 4 | low));
            index += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
