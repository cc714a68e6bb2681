-- What administrators have set for their workspace; what has no row is as it is by default.
CREATE TABLE workspace_configuration (
    workspace_id BIGINT NOT NULL REFERENCES workspace (id),
    config_key VARCHAR(100) NOT NULL,
    config_value VARCHAR(1000) NOT NULL,
    updater_id BIGINT NOT NULL REFERENCES person (id),
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (workspace_id, config_key)
);
