package dev.wharf.publishing;

import java.util.UUID;

class SharedFilesTest extends SharedFilesContract {
    @Override
    String database() {
        return "jdbc:hsqldb:mem:" + UUID.randomUUID() + ";hsqldb.tx=mvcc";
    }

    @Override
    String user() {
        return "sa";
    }
}
