package dev.wharf.browse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.S3Uri;
import dev.wharf.testing.Admissions;
import dev.wharf.testing.MemoryStore;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final Caller ADMIN = new Caller(1, 1, 1, "a@example.com", Set.of(Caller.DATA_ADMIN));
    private static final Caller MEMBER = new Caller(2, 2, 1, "b@example.com", Set.of());

    private final Places places = new Places(new MemoryStore(), Admissions.onConnection(2));

    private BrowsedPlace open(Caller caller, String query) {
        return places.open(caller, Query.parse(query));
    }

    @Test
    void aBusyConnectionAsksToComeAgainAndLeavesOthersAlone() {
        BrowsedPlace first = open(MEMBER, "uri=s3://bucket/a?connectionId=7");
        try (BrowsedPlace second = open(MEMBER, "uri=s3://bucket/b&connectionId=7")) {
            assertThatThrownBy(() -> open(MEMBER, "uri=s3://bucket/c?connectionId=7"))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.UNAVAILABLE))
                    .hasMessageContaining("Connection 7");
            open(MEMBER, "uri=s3://bucket/a?connectionId=8").close();
            open(ADMIN, "uri=s3://bucket/a").close();
            first.close();
            first.close();
            open(MEMBER, "uri=s3://bucket/c?connectionId=7");
            assertThatThrownBy(() -> open(MEMBER, "uri=s3://bucket/d?connectionId=7"))
                    .hasMessageContaining("wharf.browse.max-concurrent");
            assertThat(second.uri().key()).isEqualTo("b");
        }
    }

    @Test
    void onlyAWholeConnectionBecomesItsDefaultBucket() {
        assertThat(inDefaultBucket("uri=s3://").bucket()).isEqualTo("wharf");
        assertThat(inDefaultBucket("uri=s3://bucket/a")).hasToString("s3://bucket/a");
    }

    @Test
    void aWholeConnectionStaysOneWhereAllItsBucketsAreAskedFor() {
        assertThat(inDefaultBucket("uri=s3://&allBuckets=true").bucket()).isEmpty();
        assertThat(inDefaultBucket("uri=s3://&allBuckets=false").bucket()).isEqualTo("wharf");
    }

    private S3Uri inDefaultBucket(String query) {
        return places.inDefaultBucket(open(ADMIN, query), Query.parse(query)).uri();
    }
}
