UPDATE job
SET document = :document, node_id = :node, due_at = :due, updated_at = :now
WHERE job_group_id = :jobGroup AND job_type = 'publish' AND status IN ('Pending', 'InProgress')
