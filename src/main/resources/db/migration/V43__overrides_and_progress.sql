-- What workspaces let their forms show of a kind of connection in place of what there is.
CREATE TABLE connector_override (
    workspace_id BIGINT NOT NULL REFERENCES workspace (id),
    connector VARCHAR(50) NOT NULL,
    document VARCHAR(100000) NOT NULL,
    updater_id BIGINT NOT NULL REFERENCES person (id),
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (workspace_id, connector)
);

-- How far a job is, for everybody to see: when its present attempt was begun, what was in the store by then, and what it has
-- read of its dataset.
ALTER TABLE job ADD COLUMN begun_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE job ADD COLUMN bytes_before BIGINT;
ALTER TABLE job ADD COLUMN read_files BIGINT;
ALTER TABLE job ADD COLUMN read_bytes BIGINT;
-- Of a result: how large its source was when the job was planned, if that was known; and how much of it is sent while it is
-- pending.
ALTER TABLE result_file ADD COLUMN source_size BIGINT;
ALTER TABLE result_file ADD COLUMN sent_bytes BIGINT;
