SELECT job_group_id, job_type, document, node_id
FROM job
WHERE status IN ('Pending', 'InProgress')
  AND (job_type = 'wrangle' OR document IS NOT NULL)
  AND ((process_id IS NULL AND due_at <= :#${variable.times.now})
       OR (process_id IS NOT NULL AND renewed_at < :#${variable.times.dead})
       OR (POSITION(:#${variable.times.ofThisNode} IN process_id) = 1 AND process_id <> :#${variable.times.process}))
ORDER BY id
FETCH FIRST 100 ROWS ONLY
