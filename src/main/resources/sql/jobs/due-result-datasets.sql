SELECT d.job_group_id, g.membership_id, d.output_no, d.name, d.attempts + 1 AS attempt
FROM result_dataset d
JOIN job_group g ON g.id = d.job_group_id
WHERE d.due_at <= :#${variable.times.now}
ORDER BY d.due_at
FETCH FIRST 20 ROWS ONLY
