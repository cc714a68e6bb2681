-- Whether a result is one file, or several parts of one.
ALTER TABLE write_setting ADD COLUMN is_single_file BOOLEAN DEFAULT TRUE NOT NULL;
ALTER TABLE saved_write_setting ADD COLUMN is_single_file BOOLEAN DEFAULT TRUE NOT NULL;
