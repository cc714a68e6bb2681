SELECT g.status AS group_status, g.failure, g.updated_at AS group_updated_at, j.job_type, j.status, j.process_id, j.attempts,
    j.error_message, j.begun_at, j.bytes_before, j.read_files, j.read_bytes, j.committed_at, m.file_count AS source_files,
    m.byte_count AS source_bytes, f.files, f.sent_files, f.visible_files, f.sent_bytes, f.all_bytes, f.unknown_files
FROM job_group g
JOIN membership b ON b.id = g.membership_id
JOIN job j ON j.job_group_id = g.id AND j.job_type IN ('wrangle', 'publish')
LEFT JOIN manifest m ON m.id = g.manifest_id
LEFT JOIN (
    SELECT job_group_id, COUNT(*) AS files, COUNT(CASE WHEN state <> 'pending' THEN 1 END) AS sent_files,
        COUNT(CASE WHEN state = 'published' THEN 1 END) AS visible_files,
        CAST(SUM(CASE WHEN state = 'pending' THEN COALESCE(sent_bytes, 0) ELSE byte_size END) AS BIGINT) AS sent_bytes,
        CAST(SUM(COALESCE(byte_size, source_size)) AS BIGINT) AS all_bytes,
        COUNT(CASE WHEN byte_size IS NULL AND source_size IS NULL THEN 1 END) AS unknown_files
    FROM result_file
    WHERE job_group_id = :id AND NOT is_profile
    GROUP BY job_group_id
) f ON f.job_group_id = g.id
WHERE g.id = :id AND g.workspace_id = :workspace AND (b.person_id = :person OR :all)
ORDER BY j.id
