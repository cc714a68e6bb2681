SELECT COUNT(CASE WHEN status <> 'Failed' AND attempts > 1 THEN 1 END) AS retrying,
       COUNT(CASE WHEN status <> 'Failed' AND attempts > 1 AND committed_at IS NOT NULL THEN 1 END) AS half_retrying,
       COUNT(CASE WHEN status = 'Failed' THEN 1 END) AS half_failed,
       (SELECT COUNT(*) FROM dead_letter WHERE status = 'dead') AS dead_letters
FROM job
WHERE status IN ('Pending', 'InProgress') OR (status = 'Failed' AND committed_at IS NOT NULL)
