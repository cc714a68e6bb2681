package dev.wharf.engine.csv;

import dev.wharf.engine.file.LineFault;
import dev.wharf.engine.file.TextDialect;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Takes UTF-8 text apart into rows and values (RFC 4180): a line end within quotes belongs to the value; quotes begin a
 * value and are doubled inside it; blanks around the quotes are no part of the value. LF, CR LF and CR each end a row,
 * also side by side in one file. Every judgement of where values begin and end is made here, for previews and for jobs.
 */
abstract class CsvWalk {
    private static final int BUFFER = 1 << 16;
    /** Of a row, in bytes: what DuckDB takes by default. */
    private static final int MOST_BYTES = 2_000_000;

    private enum State {
        PLAIN,
        QUOTED,
        /** Behind a quote that ends the value, unless another one follows. */
        CLOSED,
        /** Behind the quotes of a value. */
        BEHIND
    }

    private final CsvDialect dialect;
    /** Bytes that are more than a part of a value. */
    private final boolean[] special = new boolean[256];

    private byte[] value = new byte[256];
    private int length;
    private int values;
    private boolean missing;
    private State state = State.PLAIN;
    private boolean quoted;
    /** Whether the value has nothing but blanks so far. */
    private boolean blank = true;
    /** Whether the row has something. */
    private boolean begun;
    /** Behind a carriage return, which a line feed may still belong to. */
    private boolean returned;

    private long bytes;
    private long rowBytes;
    private long line;
    private long rowLine;
    /** Outside quotes. */
    private final Set<LineEnd> lineEnds = EnumSet.noneOf(LineEnd.class);

    private boolean firstRow = true;
    private LineEnd quotedFirst;
    private boolean quotedLineEnds;
    private boolean blanks;
    private boolean stopped;

    /** @param line the number of the first one */
    CsvWalk(CsvDialect dialect, long line) {
        this.dialect = dialect;
        for (char one : new char[] {'\n', '\r', dialect.delimiter(), dialect.quote()}) {
            special[one & 0xff] = true;
        }
        this.line = line;
        this.rowLine = line;
    }

    /** A value; an unquoted empty one is a missing one. */
    abstract void value(byte[] bytes, int length, boolean quoted) throws IOException;

    /**
     * The end of a row. A line without a character is a row of one missing value.
     *
     * @param values how many
     * @param missing whether the last of them is missing
     */
    abstract void row(int values, boolean missing) throws IOException;

    abstract void fault(LineFault fault);

    /** Where the row begins. */
    final long rowLine() {
        return rowLine;
    }

    /** That have been read. */
    final long bytes() {
        return bytes;
    }

    /** Whether the rows end in more than one kind of line end, or in another one than {@link #quotedFirst}. */
    final boolean mixed() {
        return lineEnds.size() > 1
                || quotedFirst != null && !Set.of(quotedFirst).containsAll(lineEnds);
    }

    /** The first line end of the text, where it is part of a value of the first row: DuckDB takes it for the rows'. Else null. */
    final LineEnd quotedFirst() {
        return quotedFirst;
    }

    /** Whether a value has a line end. */
    final boolean hasQuotedLineEnds() {
        return quotedLineEnds;
    }

    /** Whether there were blanks between quotes and what surrounds a value. */
    final boolean hasBlanksAroundQuotes() {
        return blanks;
    }

    final void stop() {
        stopped = true;
    }

    /**
     * Goes through a text, until it is stopped or the thread is interrupted.
     *
     * @param cut whether the text may end anywhere; what follows the last line end is no row then
     */
    final void over(InputStream text, boolean cut) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int count;
        while (!stopped && (count = text.read(buffer)) > 0) {
            bytes += count;
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("The rows were not read to their end");
            }
            for (int i = 0; i < count && !stopped; ) {
                int run = run(buffer, i, count);
                if (run > 0) {
                    i += run;
                } else {
                    next(buffer[i++]);
                }
            }
        }
        if (!stopped) {
            end(cut);
        }
    }

    /** Takes in bytes that only belong to the value; most do. Returns how many these are, 0 where there is more to judge. */
    private int run(byte[] bytes, int from, int end) {
        if (returned || state == State.CLOSED || state == State.BEHIND) {
            return 0;
        }
        int to = from;
        while (to < end && !special[bytes[to] & 0xff]) {
            to++;
        }
        int run = to - from;
        if (run == 0 || rowBytes + run > MOST_BYTES) {
            return 0;
        }
        rowBytes += run;
        if (state == State.PLAIN) {
            begun = true;
            for (int i = from; blank && i < to; i++) {
                blank = bytes[i] == ' ';
            }
        }
        if (length + run > value.length) {
            value = Arrays.copyOf(value, Math.max(length + run, length * 2));
        }
        System.arraycopy(bytes, from, value, length, run);
        length += run;
        return run;
    }

    private void end(boolean cut) throws IOException {
        if (returned) {
            lineEnds.add(LineEnd.CR);
        }
        if (cut || !begun) {
            return;
        }
        if (state == State.QUOTED) {
            strayQuote();
        } else {
            endRow();
        }
    }

    private void next(byte one) throws IOException {
        if (returned) {
            returned = false;
            lineEnds.add(one == '\n' ? LineEnd.CR_LF : LineEnd.CR);
            if (one == '\n') {
                return;
            }
        }
        if (++rowBytes > MOST_BYTES) {
            stop(new LineFault(rowLine, "has a line of more than 2,000,000 bytes."));
            return;
        }
        if (state == State.QUOTED) {
            inQuotes(one);
        } else if (one == '\n') {
            lineEnds.add(LineEnd.LF);
            line++;
            endRow();
        } else if (one == '\r') {
            returned = true;
            line++;
            endRow();
        } else {
            begun = true;
            outside(one);
        }
    }

    private void inQuotes(byte one) {
        if (one == dialect.quote()) {
            state = State.CLOSED;
            return;
        }
        boolean afterReturn = length > 0 && value[length - 1] == '\r';
        if (one == '\r' || one == '\n' && !afterReturn) {
            line++;
            quotedLineEnds = true;
        }
        append(one);
    }

    private void outside(byte one) throws IOException {
        if (dialect.splits() && one == dialect.delimiter()) {
            endValue();
        } else if (dialect.quote() != TextDialect.NONE && one == dialect.quote() && opens()) {
            if (state == State.CLOSED) {
                append(one);
            } else {
                blanks |= length > 0;
                length = 0;
            }
            quoted = true;
            state = State.QUOTED;
        } else if (state == State.PLAIN) {
            blank &= one == ' ';
            append(one);
        } else if (one == ' ') {
            blanks = true;
            state = State.BEHIND;
        } else {
            strayQuote();
        }
    }

    private boolean opens() {
        return state == State.CLOSED || state == State.PLAIN && blank;
    }

    private void append(byte one) {
        if (length == value.length) {
            value = Arrays.copyOf(value, length * 2);
        }
        value[length++] = one;
    }

    private void endValue() throws IOException {
        if (firstRow && quoted && quotedFirst == null) {
            quotedFirst = LineEnd.first(value, length);
        }
        value(value, length, quoted);
        values++;
        missing = length == 0 && !quoted;
        length = 0;
        quoted = false;
        blank = true;
        state = State.PLAIN;
    }

    private void endRow() throws IOException {
        endValue();
        row(values, missing);
        firstRow = false;
        values = 0;
        begun = false;
        rowBytes = 0;
        rowLine = line;
    }

    private void strayQuote() {
        stop(new LineFault(rowLine, "has a quote that does not end where the value ends."));
    }

    private void stop(LineFault fault) {
        stopped = true;
        fault(fault);
    }
}
