SELECT j.id, j.job_group_id, j.job_type, j.status, j.attempts, j.error_message, j.created_at, j.updated_at,
    (SELECT COUNT(*) FROM result_file f WHERE f.job_group_id = j.job_group_id) AS files,
    (SELECT COUNT(*) FROM result_file f WHERE f.job_group_id = j.job_group_id AND f.state <> 'pending') AS sent_files
FROM job j
WHERE j.job_group_id IN (:groups)
ORDER BY j.id
