UPDATE job
SET due_at = :due, updated_at = :now
WHERE job_group_id = :jobGroup AND job_type = 'publish' AND status = 'Pending' AND process_id IS NULL AND due_at > :now
  AND EXISTS (SELECT 1 FROM result_file f
              WHERE f.job_group_id = :jobGroup AND f.state = 'pending' AND f.source_uri LIKE 'upload:%')
