-- People come with tokens of an identity provider: who they are there.
CREATE TABLE provider_account (
    -- The token's iss and sub.
    issuer VARCHAR(500) NOT NULL,
    subject VARCHAR(255) NOT NULL,
    person_id BIGINT NOT NULL REFERENCES person (id),
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (issuer, subject),
    UNIQUE (person_id, issuer)
);
