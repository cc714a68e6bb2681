-- How a result is compressed: around a file of text, inside one of Parquet or Avro. "none" leaves it to the engine.

ALTER TABLE write_setting ADD COLUMN compression VARCHAR(10) DEFAULT 'none' NOT NULL;
ALTER TABLE saved_write_setting ADD COLUMN compression VARCHAR(10) DEFAULT 'none' NOT NULL;
