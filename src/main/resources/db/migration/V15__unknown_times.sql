-- A store that does not say when a file was changed: null in place of 1970.
ALTER TABLE dataset_file ALTER COLUMN last_modified DROP NOT NULL;
UPDATE dataset_file SET last_modified = NULL WHERE last_modified < TIMESTAMP '1970-01-02 00:00:00';
