SELECT g.workspace_id, g.name, g.execution, g.status, g.failure, g.warning, COUNT(f.id) AS files,
    COALESCE(SUM(f.byte_size), 0) AS bytes
FROM job_group g
LEFT JOIN result_file f ON f.job_group_id = g.id AND f.state = 'published' AND NOT f.is_profile
WHERE g.id = :jobGroup
GROUP BY g.workspace_id, g.name, g.execution, g.status, g.failure, g.warning
