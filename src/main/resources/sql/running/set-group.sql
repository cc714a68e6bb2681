UPDATE job_group
SET status = :status, failure = :failure, updated_at = :now
WHERE id = :group
