package dev.wharf.storage;

import java.util.UUID;
import javax.sql.DataSource;
import org.hsqldb.jdbc.JDBCDataSource;

class HsqldbUploadLedgerTest extends UploadLedgerContract {
    @Override
    DataSource database() {
        var database = new JDBCDataSource();
        database.setUrl("jdbc:hsqldb:mem:" + UUID.randomUUID() + ";hsqldb.tx=mvcc");
        return database;
    }
}
