package dev.wharf.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.s3.FaultTest;
import dev.wharf.s3.ObjectStoreContract;
import dev.wharf.store.StagedObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Orphans are aborted in a real store, behind a connection that may fail. */
class UploadReaperTest extends FaultTest {

    @Test
    void orphanIsAborted() throws IOException {
        stage(new byte[1]);

        assertThat(reaper().reap()).isOne();

        assertThat(server.uploads(BUCKET)).doesNotContain(key);
        assertThat(ledger.orphans()).isEmpty();
    }

    @Test
    void orphanWithoutAnIdIsFoundByItsKey() throws IOException {
        stage(new byte[1]);
        ledger.orphans().forEach(entry -> ledger.ended(entry.id()));
        ledger.begin(null, BUCKET, key);

        assertThat(reaper().reap()).isOne();

        assertThat(server.uploads(BUCKET)).doesNotContain(key);
        assertThat(ledger.orphans()).isEmpty();
    }

    @Test
    void orphanThatIsGoneAlreadyIsForgotten() throws IOException {
        StagedObject staged = stage(new byte[1]);
        ledger.begun(ledger.begin(null, BUCKET, key), staged.uploadId());
        store.abort(staged);
        ledger.begun(ledger.begin(null, BUCKET, key), staged.uploadId());

        assertThat(reaper().reap()).isOne();

        assertThat(ledger.orphans()).isEmpty();
    }

    @Test
    void failingOrphanStaysAndDoesNotStopTheOthers() throws IOException {
        StagedObject first = stage(new byte[1]);
        StagedObject second = store.stage(
                BUCKET, key + "-second", ObjectStoreContract.bytes(new byte[1]), java.util.OptionalLong.of(1), null);
        faults.on("DELETE", first.key() + "?").answer(403, "AccessDenied");

        assertThat(reaper().reap()).isOne();

        assertThat(server.uploads(BUCKET)).contains(first.key()).doesNotContain(second.key());
        assertThat(ledger.orphans()).singleElement().satisfies(left -> assertThat(left.uploadId())
                .isEqualTo(first.uploadId()));
        assertThat(reaper().reap()).as("the next time").isOne();
    }

    @Test
    void orphanWhoseConnectionIsGoneIsForgotten() {
        ledger.begun(ledger.begin(42L, BUCKET, key), "upload");

        assertThat(new UploadReaper(ledger, (connection, bucket) -> connection == null ? store : null).reap())
                .isZero();

        assertThat(ledger.orphans()).isEqualTo(List.of());
    }

    private UploadReaper reaper() {
        return new UploadReaper(ledger, (connection, bucket) -> store);
    }
}
