UPDATE saved_write_setting SET path = :path, result_format = :format, compression = :compression, has_header = :header, delim = :delim, has_quotes = :quotes,
    is_single_file = :single, parameters = :parameters, updater_id = :person, updated_at = :now
WHERE id = :id
