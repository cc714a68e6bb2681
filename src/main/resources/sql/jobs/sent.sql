UPDATE job
SET due_at = :#${variable.times.lost}
WHERE job_group_id = :#${variable.due.jobGroupId} AND job_type = :#${variable.due.jobType}
  AND process_id IS NULL AND status IN ('Pending', 'InProgress')
