-- How far the nodes are that share a job's files, and whether the attempt stands that they work for.
SELECT CASE WHEN j.process_id = :holder AND j.status = 'InProgress' THEN TRUE ELSE FALSE END AS held, j.file_failure,
    COUNT(f.id) AS pending, COUNT(CASE WHEN f.claimed_by IS NULL OR f.claimed_at < :dead THEN f.id END) AS free
FROM job j
LEFT JOIN result_file f ON f.job_group_id = j.job_group_id AND f.state = 'pending'
WHERE j.id = :job
GROUP BY j.process_id, j.status, j.file_failure
