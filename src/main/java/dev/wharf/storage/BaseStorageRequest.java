package dev.wharf.storage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.identity.people.PersonChange;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.ProblemException;

/** The body that changes a person's base storage, checked. */
public record BaseStorageRequest(S3 s3) implements RequestBody {

    @JsonCreator
    static BaseStorageRequest of(@JsonProperty("s3") S3 s3) {
        if (s3 == null) {
            throw ProblemException.invalid("s3", "is missing: base storage is S3, so the body is {\"s3\": {…}}");
        }
        return new BaseStorageRequest(s3);
    }

    /**
     * @param baseURL null where it is not sent
     * @param folders what is chosen
     */
    public record S3(String baseURL, PersonChange folders) {

        @JsonCreator
        static S3 of(
                @JsonProperty("baseURL") String baseURL,
                @JsonProperty("outputHomeDir") JsonNode outputHomeDir,
                @JsonProperty("uploadDir") JsonNode uploadDir) {
            if (baseURL == null && outputHomeDir == null && uploadDir == null) {
                throw ProblemException.invalid("s3", "is empty: send outputHomeDir, uploadDir or both");
            }
            return new S3(baseURL, PersonChange.ofFolders(outputHomeDir, uploadDir));
        }
    }
}
