package dev.wharf.polling;

/** An {@link ArrivalMessage} that has to be sent, as it is kept. */
public record DueArrivals(String id, String document) {}
