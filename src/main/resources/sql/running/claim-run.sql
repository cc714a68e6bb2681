UPDATE job
SET status = 'InProgress', process_id = :process, attempts = attempts + 1, updated_at = :now
WHERE job_group_id = :group
  AND job_type = 'wrangle'
  AND (status = 'Pending'
       OR (status = 'InProgress'
           AND process_id <> :process
           AND (process_id LIKE :node OR updated_at < :abandoned)))
