UPDATE job_group
SET status = :status, failure = :failure, warning = :warning, updated_at = :now
WHERE id = :jobGroup
