DELETE FROM saved_write_setting WHERE output_id = :output
