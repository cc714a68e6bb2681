UPDATE job
SET status = 'InProgress', process_id = :process, attempts = attempts + 1, updated_at = :now
WHERE id = :job
  AND status IN ('Created', 'Pending', 'InProgress')
  AND (process_id IS NULL
       OR SUBSTRING(process_id FROM 1 FOR :nodeLength) = :node
       OR updated_at < :dead)
