INSERT INTO write_setting (job_group_id, path, result_format, compression, has_header, delim, has_quotes, is_single_file)
VALUES (:group, :path, :format, :compression, :header, :delim, :quotes, :single)
