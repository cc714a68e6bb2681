package dev.wharf.camel;

import dev.wharf.store.ObjectStore.Order;

/** In which order a walk hands out what it finds. */
public enum WalkOrder {
    /** That of the keys' UTF-8 bytes. */
    byKey(Order.BY_KEY),
    /** None, which is several times as fast. */
    any(Order.ANY);

    private final Order order;

    WalkOrder(Order order) {
        this.order = order;
    }

    Order order() {
        return order;
    }
}
