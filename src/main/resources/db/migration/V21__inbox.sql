-- Files of the inbox on their way into the uploads folder: who works on one, and which object it becomes.

CREATE TABLE inbox_file (
    -- That of the upload, and of the folder in the inbox in which the file waits.
    uuid VARCHAR(36) PRIMARY KEY,
    -- Who works on it; null while it waits for another try.
    process_id VARCHAR(64),
    node_id VARCHAR(64),
    -- The file as it was when it was taken.
    byte_size BIGINT NOT NULL,
    modified_micros BIGINT NOT NULL,
    -- Where it goes; null until that is decided.
    bucket VARCHAR(255),
    object_key VARCHAR(1024),
    created_at TIMESTAMP WITH TIME ZONE NOT NULL
);
