-- With the jobs that have published the results to other places since.
SELECT s.shown_in, j.id, j.job_group_id, g.published_from, j.job_type, w.status, w.attempts, w.error_message, j.created_at,
    w.updated_at,
    (SELECT COUNT(*) FROM result_file f
     WHERE f.job_group_id = j.job_group_id AND NOT f.is_profile
       AND (g.published_from IS NOT NULL OR f.output_no = GREATEST(j.output_no, 1))) AS files,
    (SELECT COUNT(*) FROM result_file f
     WHERE f.job_group_id = j.job_group_id AND f.state <> 'pending' AND NOT f.is_profile
       AND (g.published_from IS NOT NULL OR f.output_no = GREATEST(j.output_no, 1))) AS sent_files
FROM (SELECT id, id AS shown_in FROM job_group WHERE id IN (:groups)
      UNION ALL
      SELECT id, published_from AS shown_in FROM job_group WHERE published_from IN (:groups)) s
JOIN job_group g ON g.id = s.id
JOIN job j ON j.job_group_id = s.id
JOIN job w ON w.job_group_id = j.job_group_id
    AND w.job_type = CASE j.job_type WHEN 'filewriter' THEN 'publish' ELSE j.job_type END AND w.output_no = 0
ORDER BY j.id
