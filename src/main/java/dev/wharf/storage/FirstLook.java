package dev.wharf.storage;

import java.util.Spliterator;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Elements of which the first is fetched under somebody's eyes: a listing asks the store only when it is read. */
final class FirstLook<T> implements Spliterator<T> {
    private final Spliterator<T> elements;
    private final Predicate<BooleanSupplier> watch;
    private boolean watched;

    /**
     * @param watch fetches the first element, and says whether there is one
     */
    FirstLook(Spliterator<T> elements, Predicate<BooleanSupplier> watch) {
        this.elements = elements;
        this.watch = watch;
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
        if (watched) {
            return elements.tryAdvance(action);
        }
        watched = true;
        return watch.test(() -> elements.tryAdvance(action));
    }

    @Override
    public Spliterator<T> trySplit() {
        return null;
    }

    @Override
    public long estimateSize() {
        return elements.estimateSize();
    }

    @Override
    public int characteristics() {
        return elements.characteristics();
    }
}
