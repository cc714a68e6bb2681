-- Connections are shared with persons, and changed by others than their owners.

-- Null where nobody has changed it since its owner registered it.
ALTER TABLE connection ADD COLUMN updater_id BIGINT;
ALTER TABLE connection ADD CONSTRAINT connection_updater FOREIGN KEY (updater_id) REFERENCES person (id);

CREATE TABLE connection_share (
    connection_id BIGINT NOT NULL REFERENCES connection (id),
    person_id BIGINT NOT NULL REFERENCES person (id),
    -- viewer, editor
    grant_name VARCHAR(10) NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (connection_id, person_id)
);

CREATE INDEX connection_share_person ON connection_share (person_id);
