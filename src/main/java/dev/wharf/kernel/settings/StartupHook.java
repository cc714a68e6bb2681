package dev.wharf.kernel.settings;

import java.net.URI;

/**
 * Something that comes along with the service in some builds, found by {@link java.util.ServiceLoader}: the trial. It
 * may change the settings before the start, and sees the service as its users do.
 */
public interface StartupHook extends AutoCloseable {
    /** Called with the locked data folder before anything is opened; returns the settings to start with. */
    Settings beforeStart(Settings settings, DataFolder folder);

    /**
     * Called when everything answers.
     *
     * @param api the address of the API, without a path
     * @param files the address of the file service
     */
    void afterStart(URI api, URI files, DataFolder folder);

    @Override
    void close();
}
