-- What whoever imported a dataset has said of how its delimited text is read; null where nothing was said, and the rows
-- decide when they are read. An empty quote: values stand in none.

ALTER TABLE imported_dataset ADD COLUMN text_header BOOLEAN;
ALTER TABLE imported_dataset ADD COLUMN text_delimiter VARCHAR(1);
ALTER TABLE imported_dataset ADD COLUMN text_encoding VARCHAR(40);
ALTER TABLE imported_dataset ADD COLUMN text_quote VARCHAR(1);
