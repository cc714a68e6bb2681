package dev.wharf.s3;

import dev.wharf.s3.read.ReadPace;

/** Fetches ahead from the first byte on, as much as may be, whether that is of use or not. */
final class EagerPace implements ReadPace {
    @Override
    public int depth() {
        return 3;
    }

    @Override
    public void readDirectly(int count, long nanos) {}

    @Override
    public void readRange(Progress next) {}
}
