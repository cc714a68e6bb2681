UPDATE job_group SET status = 'Complete', warning = :warning, updated_at = :now WHERE id = :jobGroup
