SELECT g.id
FROM job_group g
WHERE g.status = 'Complete'
  AND g.warning IS NOT NULL
  AND g.updated_at > :since
  AND EXISTS (SELECT 1 FROM result_file f WHERE f.job_group_id = g.id AND f.state = 'published' AND f.listed = FALSE)
ORDER BY g.id
