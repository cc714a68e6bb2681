package dev.wharf.camel;

import dev.wharf.store.ObjectStore.Order;

/** In which order a walk hands out what it finds. */
public enum WalkOrder {
    /** That of the keys' UTF-8 bytes. */
    byKey(Order.BY_KEY),
    /** The same, several times as fast, for the memory of some pages more. */
    byKeyInParts(Order.BY_KEY_IN_PARTS),
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
