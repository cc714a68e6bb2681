UPDATE job_group SET manifest_id = :manifest WHERE id = :jobGroup AND manifest_id IS NULL
