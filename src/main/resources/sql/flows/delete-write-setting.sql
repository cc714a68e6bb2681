DELETE FROM saved_write_setting WHERE id = :id
