SELECT j.id, j.job_group_id, j.node_id
FROM job j
WHERE (j.job_type, j.status) IN (('publish', 'Pending'), ('publish', 'InProgress'))
  AND j.node_id <> :node
  AND (j.process_id IS NULL OR j.renewed_at < :dead)
  AND NOT EXISTS (SELECT 1 FROM node n WHERE n.id = j.node_id AND n.seen_at >= :dead)
ORDER BY j.id
FETCH FIRST 100 ROWS ONLY
