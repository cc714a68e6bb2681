SELECT id, job_group_id, path, result_format, compression, has_header, delim, has_quotes, is_single_file
FROM write_setting
WHERE job_group_id IN (:groups)
ORDER BY id
