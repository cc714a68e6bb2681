package dev.wharf.s3.control;

import org.apache.camel.component.aws2.s3.AWS2S3Component;

/** Camel's {@code aws2-s3:} for single control operations, such as {@code aws2-s3:connection?operation=restoreObject}. */
public final class S3Control {
    private S3Control() {}

    /** The component, for the body to be a request that {@link ControlRequests} has made. */
    public static AWS2S3Component component() {
        var component = new AWS2S3Component();
        var configuration = component.getConfiguration();
        configuration.setAmazonS3Client(new ControlClient());
        // The request says all. From headers the component would take bucket and key as Simple, and evaluate them.
        configuration.setPojoRequest(true);
        // Neither is ever sent: without a file name an endpoint asks for its bucket when it starts, and without a key
        // it
        // refuses requests that have one.
        configuration.setFileName("none");
        configuration.setKeyName("none");
        return component;
    }
}
