UPDATE job_group
SET read_count = (SELECT m.file_count FROM manifest m WHERE m.id = job_group.manifest_id)
WHERE id = :jobGroup
