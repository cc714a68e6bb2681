SELECT u.object_key, FALSE AS is_result
FROM upload u
WHERE u.owner_id = :person AND u.workspace_id = :workspace AND u.bucket = :bucket
    AND u.object_key LIKE :pattern ESCAPE '!'
UNION ALL
SELECT f.object_key, TRUE AS is_result
FROM job_group g
JOIN result_file f ON f.job_group_id = g.id
WHERE g.membership_id = :membership AND f.connection_id IS NULL AND f.bucket = :bucket AND f.state = 'published'
    AND f.object_key LIKE :pattern ESCAPE '!'
