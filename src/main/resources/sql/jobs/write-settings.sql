SELECT path, result_format, compression, has_header, delim, has_quotes, is_single_file
FROM write_setting
WHERE job_group_id = :group
ORDER BY id
