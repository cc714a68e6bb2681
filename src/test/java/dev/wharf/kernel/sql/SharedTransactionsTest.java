package dev.wharf.kernel.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wharf.testing.Databases;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

class SharedTransactionsTest {
    private final Database database = Databases.inMemory();
    private final SharedTransactions shared = database.shared();
    private final JdbcClient sql = JdbcClient.create(database.dataSource());
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch diskIsBusy = new CountDownLatch(1);

    @BeforeEach
    void createTable() {
        sql.sql("CREATE TABLE written (number INTEGER PRIMARY KEY)").update();
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** Writes a number in a thread of its own, and tells the transaction that it was written in. */
    private FutureTask<Long> write(int number) {
        return start(() -> insert(number));
    }

    private FutureTask<Long> start(Supplier<Long> work) {
        var task = new FutureTask<>(() -> shared.write(work));
        var thread = new Thread(task);
        thread.start();
        threads.add(thread);
        await().until(() -> thread.getState() == Thread.State.WAITING || task.isDone());
        return task;
    }

    private Long insert(int number) {
        sql.sql("INSERT INTO written VALUES (?)").param(number).update();
        return sql.sql("VALUES TRANSACTION_ID()").query(Long.class).single();
    }

    private FutureTask<Long> slow(int number) {
        return start(() -> {
            Long transaction = insert(number);
            try {
                diskIsBusy.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return transaction;
        });
    }

    private List<Integer> written() {
        return sql.sql("SELECT number FROM written ORDER BY number")
                .query(Integer.class)
                .list();
    }

    @Test
    void whatComesMeanwhileSharesTheNextTransaction() throws Exception {
        var first = slow(1);
        var second = write(2);
        var third = write(3);
        diskIsBusy.countDown();

        assertThat(second.get()).isNotEqualTo(first.get()).isEqualTo(third.get());
        assertThat(written()).containsExactly(1, 2, 3);
    }

    @Test
    void oneThatFailsFailsAlone() throws Exception {
        insert(3);
        slow(1);
        var second = write(2);
        var third = write(3);
        var fourth = write(4);
        diskIsBusy.countDown();

        second.get();
        fourth.get();
        assertThatThrownBy(third::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(DuplicateKeyException.class);
        assertThat(written()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void whatIsWrittenInATransactionBelongsToIt() {
        assertThatThrownBy(() -> database.inTransaction(() -> {
                    shared.write(() -> insert(1));
                    throw new IllegalStateException("undone");
                }))
                .hasMessage("undone");

        assertThat(written()).isEmpty();
    }

    @Test
    void whatIsWrittenSoonSharesTheTransactionOfWhatIsWaitedForNext() {
        shared.writeSoon(() -> insert(1));

        shared.write(() -> sql.sql("INSERT INTO written SELECT 2 FROM written").update());

        assertThat(written()).containsExactly(1, 2);
    }

    @Test
    void whatIsWrittenSoonIsWrittenThoughNobodyWrites() {
        shared.writeSoon(() -> insert(1));

        await().until(() -> written().equals(List.of(1)));
    }

    @Test
    void whatIsWrittenSoonFailsForNobodyElse() {
        insert(1);
        shared.writeSoon(() -> insert(1));
        shared.writeSoon(() -> insert(2));

        shared.write(() -> insert(3));

        assertThat(written()).containsExactly(1, 2, 3);
    }

    @Test
    void aClosedOneHasWrittenWhatWasToBeWrittenSoon() {
        shared.writeSoon(() -> insert(1));

        shared.close();

        assertThat(written()).containsExactly(1);
    }
}
