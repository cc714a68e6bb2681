package dev.wharf.kernel.api;

/** An answer about something that a request has made. */
public interface Made {
    /** Where it can be asked for: the path of its address, such as {@code /v4/connections/7}. */
    String location();
}
