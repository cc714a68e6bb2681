SELECT COUNT(*)
FROM job
WHERE job_group_id = :jobGroup
  AND ((job_type = 'wrangle' AND status = 'InProgress' AND process_id = :process)
       OR (job_type = 'publish' AND node_id = :node
           AND (status IN ('Pending', 'InProgress') OR (status = 'Failed' AND committed_at IS NOT NULL))))
