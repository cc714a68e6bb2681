UPDATE job
SET document = :document, node_id = :node, updated_at = :now
WHERE job_group_id = :group AND job_type = 'publish'
