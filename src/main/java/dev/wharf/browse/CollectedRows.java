package dev.wharf.browse;

import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.problem.ClientGoneException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Rows for an answer that is given at the end. */
final class CollectedRows implements Rows {
    private static final int LOOK_AFTER = 1_000;
    private static final Comparator<Entry> BY_KEY =
            Comparator.comparing(entry -> entry.key().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private final Answer answer;
    private final List<Entry> entries = new ArrayList<>();
    private long looked;

    CollectedRows(Answer answer) {
        this.answer = answer;
    }

    @Override
    public void write(Entry entry) {
        entries.add(entry);
    }

    @Override
    public void look() throws ClientGoneException {
        if (++looked % LOOK_AFTER == 0 && answer.isGone()) {
            throw new ClientGoneException("The client has gone");
        }
    }

    @Override
    public long count() {
        return entries.size();
    }

    @Override
    public long looked() {
        return looked;
    }

    /** In S3's order. */
    List<Entry> sorted() {
        return entries.stream().sorted(BY_KEY).toList();
    }
}
