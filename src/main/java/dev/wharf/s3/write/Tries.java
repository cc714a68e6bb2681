package dev.wharf.s3.write;

import java.util.List;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.http.HttpMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;

/**
 * Whether the SDK, which tries a request again by itself, has lost an answer to it on the way: the store may have done then
 * what was asked, and does it once more.
 */
final class Tries implements MetricPublisher {
    private static final int REFUSALS = 300;

    private boolean lost;

    void watch(AwsRequestOverrideConfiguration.Builder request) {
        request.addMetricPublisher(this);
    }

    boolean anyLost() {
        return lost;
    }

    /** In the thread that asks, before it has the answer. */
    @Override
    public void publish(MetricCollection call) {
        List<MetricCollection> tries = call.children();
        lost = tries.size() > 1 && tries.subList(0, tries.size() - 1).stream().anyMatch(Tries::isLost);
    }

    private static boolean isLost(MetricCollection attempt) {
        return attempt.metricValues(HttpMetric.HTTP_STATUS_CODE).stream().noneMatch(status -> status >= REFUSALS);
    }

    @Override
    public void close() {}
}
