-- Uploads that are gone on with after a break: their bytes are parts of an upload to the store that is not completed.
CREATE TABLE resumable_upload (
    uuid VARCHAR(36) PRIMARY KEY,
    membership_id BIGINT NOT NULL REFERENCES membership (id),
    bucket VARCHAR(255) NOT NULL,
    object_key VARCHAR(1024) NOT NULL,
    file_name VARCHAR(1024) NOT NULL,
    byte_size BIGINT NOT NULL,
    -- The store's, and the mark by which the object is known.
    upload_id VARCHAR(1024) NOT NULL,
    mark VARCHAR(36) NOT NULL,
    -- In parts that the store has; and from where its client goes on, which is the last part again until the end.
    kept_bytes BIGINT NOT NULL,
    byte_offset BIGINT NOT NULL,
    -- Which request writes, and when it last did.
    claim VARCHAR(36),
    claimed_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE
);

CREATE INDEX resumable_upload_key ON resumable_upload (object_key);
CREATE INDEX resumable_upload_expiry ON resumable_upload (expires_at);

CREATE TABLE resumable_part (
    upload_uuid VARCHAR(36) NOT NULL REFERENCES resumable_upload (uuid) ON DELETE CASCADE,
    part_number INTEGER NOT NULL,
    etag VARCHAR(255) NOT NULL,
    PRIMARY KEY (upload_uuid, part_number)
);
