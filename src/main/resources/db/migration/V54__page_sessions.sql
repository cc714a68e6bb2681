-- Sessions of the page: what the cookie holds is random, and known here by its hash.
CREATE TABLE page_session (
    id VARCHAR(36) PRIMARY KEY,
    session_hash VARCHAR(64) NOT NULL UNIQUE,
    membership_id BIGINT NOT NULL REFERENCES membership (id),
    -- The token that it began with, and ends with; null where it began in another way.
    token_id VARCHAR(36) REFERENCES access_token (id) ON DELETE CASCADE,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    -- To the minute.
    last_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    -- Whether it is used or not.
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE INDEX page_session_membership ON page_session (membership_id);
CREATE INDEX page_session_token ON page_session (token_id);
