-- An x-execution-id is one person's: what somebody else did under the same one is none of theirs. What was remembered so
-- far was nobody's in particular and is forgotten: a request from before this migration that is sent again is done again.

DROP TABLE execution;

CREATE TABLE execution (
    workspace_id BIGINT NOT NULL REFERENCES workspace (id),
    person_id BIGINT NOT NULL REFERENCES person (id),
    execution_id VARCHAR(255) NOT NULL,
    request_hash VARCHAR(64) NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (workspace_id, person_id, execution_id)
);
