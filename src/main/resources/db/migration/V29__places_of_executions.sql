-- Where the answer to a repeated x-execution-id points: what was made the first time. Null where nothing was made, and for what
-- was carried out before this migration.
ALTER TABLE execution ADD COLUMN location VARCHAR(255);
