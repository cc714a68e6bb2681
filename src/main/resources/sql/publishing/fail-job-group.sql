UPDATE job_group SET status = 'Failed', failure = :reason, updated_at = :now WHERE id = :jobGroup
