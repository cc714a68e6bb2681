UPDATE job_group SET warning = :warning, updated_at = :now WHERE id = :jobGroup
