package dev.wharf.browse.pattern;

import dev.wharf.browse.pattern.GlobInstruction.Fork;
import dev.wharf.kernel.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Reads a glob ({@link GlobPattern}) once, from its beginning to its end. */
final class GlobCompiler {
    private final String glob;
    private final boolean ignoreCase;
    private final List<GlobInstruction> program = new ArrayList<>();
    private int at;

    private GlobCompiler(String glob, boolean ignoreCase) {
        this.glob = glob;
        this.ignoreCase = ignoreCase;
    }

    /**
     * @return the last one is where the glob has matched
     * @throws ProblemException 400 for a bracket or a brace that is not closed, and a backslash before nothing
     */
    static GlobInstruction[] compile(String glob, boolean ignoreCase) {
        var compiler = new GlobCompiler(glob, ignoreCase);
        compiler.sequence(false);
        compiler.program.add(GlobInstruction.STOP);
        return compiler.program.toArray(GlobInstruction[]::new);
    }

    /** A letter in the case in which it is compared. */
    static int fold(int character) {
        return Character.toLowerCase(Character.toUpperCase(character));
    }

    private void sequence(boolean inBraces) {
        while (at < glob.length() && !(inBraces && (glob.charAt(at) == ',' || glob.charAt(at) == '}'))) {
            int character = take();
            switch (character) {
                case '*' -> star();
                case '?' -> program.add(GlobInstruction.ANY_BUT_SLASH);
                case '[' -> set();
                case '{' -> braces();
                case '\\' -> literal(escaped());
                default -> literal(character);
            }
        }
    }

    private int take() {
        int character = glob.codePointAt(at);
        at += Character.charCount(character);
        return character;
    }

    private boolean skip(char character) {
        boolean isHere = at < glob.length() && glob.charAt(at) == character;
        if (isHere) {
            at++;
        }
        return isHere;
    }

    private int escaped() {
        if (at == glob.length()) {
            throw ProblemException.invalid("query", "ends in a backslash: write \\\\ for the character itself");
        }
        return take();
    }

    private void literal(int character) {
        program.add(new GlobInstruction.Literal(ignoreCase ? fold(character) : character));
    }

    private void star() {
        boolean beginsPart = at == 1 || glob.charAt(at - 2) == '/';
        if (!skip('*')) {
            repeat(GlobInstruction.ANY_BUT_SLASH);
            return;
        }
        while (skip('*')) {
            // three stars are as good as two
        }
        if (!beginsPart || !skip('/')) {
            repeat(GlobInstruction.ANY);
            return;
        }
        int choice = hole();
        repeat(GlobInstruction.ANY);
        literal('/');
        program.set(choice, new Fork(choice + 1, program.size()));
    }

    private void repeat(GlobInstruction taking) {
        int choice = hole();
        program.add(taking);
        program.add(new Fork(choice, choice));
        program.set(choice, new Fork(choice + 1, program.size()));
    }

    private void braces() {
        int opened = at;
        List<Integer> ends = new ArrayList<>();
        do {
            int choice = hole();
            sequence(true);
            ends.add(hole());
            program.set(choice, new Fork(choice + 1, program.size()));
        } while (skip(','));
        if (!skip('}')) {
            throw unclosed('{', '}', opened);
        }
        program.add(GlobInstruction.STOP); // none of them
        ends.forEach(end -> program.set(end, new Fork(program.size(), program.size())));
    }

    /** For what is known only when more has been read. */
    private int hole() {
        program.add(GlobInstruction.STOP);
        return program.size() - 1;
    }

    private void set() {
        int opened = at;
        boolean negated = skip('!') || skip('^');
        IntStream.Builder ranges = IntStream.builder();
        for (boolean first = true; first || at < glob.length() && glob.charAt(at) != ']'; first = false) {
            int from = member(opened);
            boolean isRange = at + 1 < glob.length() && glob.charAt(at) == '-' && glob.charAt(at + 1) != ']';
            if (isRange) {
                at++;
            }
            ranges.add(from).add(isRange ? member(opened) : from);
        }
        if (!skip(']')) {
            throw unclosed('[', ']', opened);
        }
        program.add(new GlobInstruction.Set(ranges.build().toArray(), negated, ignoreCase));
    }

    private int member(int opened) {
        if (at == glob.length()) {
            throw unclosed('[', ']', opened);
        }
        int character = take();
        return character == '\\' ? escaped() : character;
    }

    private static ProblemException unclosed(char open, char close, int position) {
        return ProblemException.invalid(
                "query",
                "has a " + open + " at character " + position + " without its " + close + ": write \\" + open
                        + " for the character itself");
    }
}
