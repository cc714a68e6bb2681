-- People come and go: passwords, who is disabled, when a token was used last.

ALTER TABLE workspace ADD COLUMN updated_at TIMESTAMP WITH TIME ZONE;

ALTER TABLE person ADD COLUMN updated_at TIMESTAMP WITH TIME ZONE;
-- <algorithm>$<iterations>$<salt>$<hash>; null for a person who has no password.
ALTER TABLE person ADD COLUMN password_hash VARCHAR(255);

ALTER TABLE membership ADD COLUMN is_disabled BOOLEAN DEFAULT FALSE NOT NULL;

-- To the minute.
ALTER TABLE access_token ADD COLUMN last_used_at TIMESTAMP WITH TIME ZONE;

CREATE INDEX access_token_membership ON access_token (membership_id);
