UPDATE job
SET process_id = NULL, due_at = :#${variable.times.soon}
WHERE job_group_id = :#${variable.due.jobGroupId}
  AND job_type = :#${variable.due.jobType}
  AND status IN ('Pending', 'InProgress')
  AND ((process_id IS NULL AND due_at <= :#${variable.times.now})
       OR (process_id IS NOT NULL AND renewed_at < :#${variable.times.dead})
       OR (POSITION(:#${variable.times.ofThisNode} IN process_id) = 1 AND process_id <> :#${variable.times.process}))
