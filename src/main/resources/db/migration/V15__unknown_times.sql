-- A store that does not say when a file was changed: null, where it was 1970.
ALTER TABLE dataset_file ALTER COLUMN last_modified DROP NOT NULL;
