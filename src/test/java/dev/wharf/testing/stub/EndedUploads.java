package dev.wharf.testing.stub;

import dev.wharf.testing.faulty.Answer;

/** What is answered to requests of uploads that were completed or aborted. */
final class EndedUploads {
    private EndedUploads() {}

    /**
     * @throws S3Error NoSuchUpload, or what else a store says of one
     */
    static Answer answer(StubOptions options, StubRequest request, StubBucket bucket) {
        StubUpload completed = bucket.uploads().completed(request);
        if (request.method().equals("GET")) {
            if (completed != null && options.has(StubHabit.LISTS_COMPLETED_UPLOADS)) {
                return Answer.xml(200, UploadsXml.parts(request, completed));
            }
            if (options.has(StubHabit.MISSES_KEYS_OF_ENDED_UPLOADS)) {
                throw S3Error.noSuchKey();
            }
        }
        if (request.method().equals("DELETE") && completed != null && options.has(StubHabit.LISTS_COMPLETED_UPLOADS)) {
            throw S3Error.noSuchKey();
        }
        if (request.method().equals("POST")) {
            if (completed != null && options.has(StubHabit.COMPLETES_AGAIN)) {
                return Answer.xml(
                        200,
                        UploadsXml.completed(
                                request.bucket(),
                                request.key(),
                                bucket.get(request.key()).etag()));
            }
            if (options.has(StubHabit.CALLS_GONE_UPLOADS_BUSY)) {
                throw new S3Error(500, "InternalError", "This multipart completion is already in progress");
            }
        }
        throw Uploads.noSuchUpload();
    }
}
