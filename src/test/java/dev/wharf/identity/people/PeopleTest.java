package dev.wharf.identity.people;

import dev.wharf.Wharf;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** With a service of its own, since its only administrator steps back for a while. */
class PeopleTest extends PeopleContract {
    private static Wharf wharf;

    @BeforeAll
    static void open() {
        wharf = start(Map.of());
    }

    @AfterAll
    static void close() {
        wharf.close();
    }

    @Override
    Wharf service() {
        return wharf;
    }
}
