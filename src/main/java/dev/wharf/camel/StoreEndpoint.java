package dev.wharf.camel;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** List, look at, read, write and publish objects in S3 and S3-compatible stores, safely and at any size. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "store",
        title = "Store",
        syntax = "store:operation",
        producerOnly = true,
        category = {Category.CLOUD, Category.FILE})
public class StoreEndpoint extends DefaultEndpoint {
    @UriPath(description = "What to do")
    @Metadata(required = true)
    private StoreOperation operation;

    @UriParam(
            defaultValue = "place",
            description =
                    "Name of the exchange variable that holds the place: a Place, something Placed, or for probe a"
                            + " Probe. Bucket, key and connection are in its value and never in the URI.")
    private String place = "place";

    @UriParam(
            defaultValue = "byKey",
            description =
                    "In which order walk hands out the objects: by the bytes of their keys, page after page (byKey) or"
                            + " with many parts listed at one time (byKeyInParts), or in none (any); the last two are several"
                            + " times as fast.")
    private WalkOrder order = WalkOrder.byKey;

    public StoreEndpoint(String uri, StoreComponent component, StoreOperation operation) {
        super(uri, component);
        this.operation = operation;
    }

    @Override
    public Producer createProducer() {
        return new StoreProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException(
                "store: begins no route: walk from one that a timer or a request has begun");
    }

    public StoreOperation getOperation() {
        return operation;
    }

    public void setOperation(StoreOperation operation) {
        this.operation = operation;
    }

    public String getPlace() {
        return place;
    }

    public void setPlace(String place) {
        this.place = place;
    }

    public WalkOrder getOrder() {
        return order;
    }

    public void setOrder(WalkOrder order) {
        this.order = order;
    }
}
