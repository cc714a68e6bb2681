INSERT INTO saved_write_setting (uuid, output_id, path, result_format, compression, has_header, delim, has_quotes, is_single_file, parameters, creator_id,
    updater_id, created_at, updated_at)
VALUES (:uuid, :output, :path, :format, :compression, :header, :delim, :quotes, :single, :parameters, :person, :person, :now, :now)
