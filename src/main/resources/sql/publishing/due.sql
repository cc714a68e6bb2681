SELECT j.id, j.document, j.node_id, j.updated_at
FROM job j
WHERE j.job_type = 'publish'
  AND j.document IS NOT NULL
  AND ((j.status = 'Pending' AND j.sent_at IS NULL AND j.updated_at < :unsent)
       OR (j.status = 'Pending' AND j.sent_at < :lost)
       OR (j.status = 'InProgress' AND j.process_id IS NOT NULL AND j.updated_at < :dead)
       OR (j.status = 'InProgress' AND j.process_id IS NULL AND j.updated_at < :lost))
ORDER BY j.id
FETCH FIRST 100 ROWS ONLY
