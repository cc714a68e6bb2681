UPDATE result_dataset SET due_at = :#${variable.times.dead}, attempts = attempts + 1
WHERE job_group_id = :#${variable.wanted.jobGroupId} AND due_at <= :#${variable.times.now}
