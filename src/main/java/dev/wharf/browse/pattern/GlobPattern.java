package dev.wharf.browse.pattern;

import java.util.Arrays;

/**
 * Names, or paths if the pattern has a slash, that match a glob as a whole: {@code *} and {@code ?} stand for characters
 * of one name, {@code **} for those of a path, <code>**&#47;</code> also for no folder at all, {@code [a-z]} and {@code
 * [!a-z]} for one of a set, {@code {csv,json}} for one of some texts, and a backslash takes away the meaning of what
 * follows.
 *
 * <p>All the ways to match are followed at once, one character after the other (Thompson's algorithm): the time is
 * bounded by the length of the name times that of the pattern, whatever the pattern is.
 */
public final class GlobPattern implements NamePattern {
    private final GlobInstruction[] program;
    private final boolean ignoreCase;
    private final boolean ofPaths;
    /** The character that every match ends in, as in {@code *.csv}; null where there is none. */
    private final GlobInstruction last;

    /** Where in the program the text so far has led to, and where the next character leads. */
    private int[] now;

    private int[] next;
    private int count;
    /** For each instruction, the last step that reached it. */
    private final int[] reachedAt;

    private int step;

    /**
     * @throws dev.wharf.kernel.problem.ProblemException 400 as {@link GlobCompiler#compile}
     */
    public GlobPattern(String glob, boolean ignoreCase) {
        this.program = GlobCompiler.compile(glob, ignoreCase);
        this.ignoreCase = ignoreCase;
        this.ofPaths = glob.indexOf('/') >= 0;
        this.last = last(program);
        this.now = new int[program.length];
        this.next = new int[program.length];
        this.reachedAt = new int[program.length];
    }

    private static GlobInstruction last(GlobInstruction[] program) {
        int end = program.length - 1;
        boolean reachedOtherwise = Arrays.stream(program)
                .anyMatch(each ->
                        each instanceof GlobInstruction.Fork fork && (fork.left() == end || fork.right() == end));
        return end > 0 && program[end - 1] instanceof GlobInstruction.Literal literal && !reachedOtherwise
                ? literal
                : null;
    }

    @Override
    public boolean matches(String key, int start, int end) {
        if (last != null && (start == end || !last.takes(fold(key.codePointBefore(end))))) {
            return false;
        }
        begin();
        reach(0);
        int at = start;
        while (at < end && count > 0) {
            int character = key.codePointAt(at);
            at += Character.charCount(character);
            advance(character);
        }
        return at >= end && isReached(program.length - 1);
    }

    @Override
    public boolean ofPaths() {
        return ofPaths;
    }

    private int fold(int character) {
        return ignoreCase ? GlobCompiler.fold(character) : character;
    }

    private void begin() {
        count = 0;
        if (++step == Integer.MAX_VALUE) {
            Arrays.fill(reachedAt, 0);
            step = 1;
        }
    }

    private void advance(int character) {
        int[] before = now;
        int waiting = count;
        now = next;
        next = before;
        begin();
        int folded = fold(character);
        for (int i = 0; i < waiting; i++) {
            if (program[before[i]].takes(folded)) {
                reach(before[i] + 1);
            }
        }
    }

    /** Goes on to every instruction that waits for a character. */
    private void reach(int instruction) {
        if (isReached(instruction)) {
            return;
        }
        reachedAt[instruction] = step;
        if (program[instruction] instanceof GlobInstruction.Fork fork) {
            reach(fork.left());
            reach(fork.right());
        } else {
            now[count++] = instruction;
        }
    }

    private boolean isReached(int instruction) {
        return reachedAt[instruction] == step;
    }
}
