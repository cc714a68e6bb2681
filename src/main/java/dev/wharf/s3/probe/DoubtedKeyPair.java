package dev.wharf.s3.probe;

import dev.wharf.store.Credentials.KeyPair;
import dev.wharf.store.ProbeRow;
import dev.wharf.store.ProbeRow.Outcome;
import dev.wharf.store.StoreAccess;
import java.util.List;

/**
 * What is said where a store denies everything, the listings included. A key pair that may do nothing at all is seldom; and some
 * stores answer a wrong secret as they answer a missing permission (Ceph with STS on). AWS does not.
 */
final class DoubtedKeyPair {
    private DoubtedKeyPair() {}

    static boolean isLikely(StoreAccess access, List<ProbeRow> rows) {
        return !access.isAws()
                && access.credentials() instanceof KeyPair
                && rows.stream().noneMatch(row -> row.outcome() == Outcome.ALLOWED)
                && denied(ProbeStep.LIST_BUCKETS, rows)
                && denied(ProbeStep.LIST, rows);
    }

    private static boolean denied(ProbeStep step, List<ProbeRow> rows) {
        return rows.stream().anyMatch(row -> row.operation().equals(step.label()) && row.outcome() == Outcome.DENIED);
    }

    /** Puts the doubt before all rows, and into those that are denied. */
    static void say(List<ProbeRow> rows) {
        rows.replaceAll(row -> row.outcome() == Outcome.DENIED ? row.withMessage(deniedLikeAll(row)) : row);
        rows.add(
                0,
                new ProbeRow(
                        ProbeStep.KEY_PAIR.label(),
                        Outcome.WRONG,
                        true,
                        null,
                        null,
                        null,
                        null,
                        ConnectionField.KEY,
                        "The store denies everything to this key pair, listing included: check the access key id and the"
                                + " secret first, and whether the endpoint is the store that they are for. Some stores, such as"
                                + " Ceph with STS on, answer a wrong secret like a missing permission"));
    }

    private static String deniedLikeAll(ProbeRow row) {
        return "Denied, as all else is: look at the key pair first. With the right one it takes " + row.action()
                + " on " + row.resource();
    }
}
