package dev.wharf.datasets;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.sql.Database;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** What is changed in the rows of datasets after their import. */
public final class DatasetRewrites {
    private final Database database;

    public DatasetRewrites(Database database) {
        this.database = database;
    }

    /**
     * Gives a dataset another name and description, where those are others than they were seen to be.
     *
     * @param believed when it must have been changed last; null for any time
     * @return whether it was there
     */
    public boolean rename(
            Dataset seen, String name, String description, Caller updater, Instant now, Timestamp believed) {
        return database.sql("datasets/rename")
                        .param("id", seen.id())
                        .param("believed", believed, Types.TIMESTAMP)
                        .param("named", !name.equals(seen.name()))
                        .param("name", name)
                        .param("described", !Objects.equals(description, seen.description()))
                        .param("description", description, Types.VARCHAR)
                        .param("updater", updater.personId())
                        .param("now", Timestamp.from(now))
                        .update()
                > 0;
    }

    /**
     * Changes where a dataset comes from and how it is read, and its name and description where those are others than they
     * were seen to be; to be called in the transaction in which it gets its next manifest.
     *
     * @return false if it was deleted, or has got another manifest, since it was seen
     */
    public boolean replace(Dataset seen, NewDataset dataset, Caller updater, Instant now) {
        return DatasetTable.told(database.sql("datasets/replace"), dataset)
                        .param("id", seen.id())
                        .param("seen", seen.manifestId())
                        .param("named", !dataset.name().equals(seen.name()))
                        .param("described", !Objects.equals(dataset.description(), seen.description()))
                        .param("updater", updater.personId())
                        .param("now", Timestamp.from(now))
                        .update()
                > 0;
    }

    /**
     * A dataset of the caller's with the files that another one has at this moment.
     *
     * @return its id; empty if the other one is gone
     */
    public Optional<Long> copy(long id, String name, Caller owner, Instant now) {
        long copy = NodeIds.next(database);
        int copied = database.sql("datasets/copy")
                .param("id", id)
                .param("copy", copy)
                .param("uuid", UUID.randomUUID().toString())
                .param("owner", owner.personId())
                .param("name", name)
                .param("now", Timestamp.from(now))
                .update();
        return copied == 0 ? Optional.empty() : Optional.of(copy);
    }
}
