-- What a store told of a source when it was looked at, as JSON: exactly that version is published.
ALTER TABLE result_file ADD COLUMN source_object VARCHAR(100000);
