UPDATE job
SET status = 'InProgress', process_id = :process, attempts = attempts + 1, updated_at = :now
WHERE id = :job
  AND status IN ('Created', 'Pending', 'InProgress')
  AND (process_id IS NULL
       OR process_id LIKE :ofThisNode
       OR updated_at < :dead)
