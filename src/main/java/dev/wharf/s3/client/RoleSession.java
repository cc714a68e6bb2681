package dev.wharf.s3.client;

import dev.wharf.s3.fault.StsErrors;
import dev.wharf.store.Credentials.Role;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Signs as a role, in sessions of an hour: the longest that every role allows (AWS STS, <i>AssumeRole</i>). A session is
 * renewed beside the requests that use it, well before it ends; while that fails, they go on with the old one.
 */
final class RoleSession implements AwsCredentialsProvider, SdkAutoCloseable {
    private static final Duration RENEWED_BEFORE_ITS_END = Duration.ofMinutes(10);
    /** What a request may take from here to the store, with clocks a little apart. */
    private static final Duration LEFT_AT_LEAST = Duration.ofSeconds(10);

    private final AwsCredentialsProvider by;
    private final StsClient sts;
    private final StsErrors errors;
    private final StsAssumeRoleCredentialsProvider sessions;

    /** All that is given is closed with it. */
    RoleSession(Role role, AwsCredentialsProvider by, StsClient sts, StsErrors errors) {
        this.by = by;
        this.sts = sts;
        this.errors = errors;
        sessions = StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(request -> request.roleArn(role.arn())
                        .roleSessionName(role.sessionName())
                        .externalId(role.externalId()))
                .prefetchTime(RENEWED_BEFORE_ITS_END)
                .staleTime(LEFT_AT_LEAST)
                .asyncCredentialUpdateEnabled(true)
                .build();
    }

    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return sessions.resolveCredentials();
        } catch (SdkException | IllegalStateException e) {
            throw errors.of(e);
        }
    }

    @Override
    public void close() {
        sessions.close();
        sts.close();
        if (by instanceof SdkAutoCloseable own) {
            own.close();
        }
    }
}
