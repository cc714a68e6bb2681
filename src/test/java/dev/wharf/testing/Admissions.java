package dev.wharf.testing;

import dev.wharf.kernel.Admission;

/** Bounds for what is tested without a service around it. */
public final class Admissions {
    private Admissions() {}

    /** As the service has it, with so many on one connection. */
    public static Admission onConnection(int most) {
        return new Admission("requests to stores", "wharf.browse", new Admission.Bounds(96, most, 64));
    }
}
