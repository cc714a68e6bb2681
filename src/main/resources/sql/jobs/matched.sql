UPDATE job_group
SET manifest_id = :manifest, read_count = (SELECT m.file_count FROM manifest m WHERE m.id = :manifest)
WHERE id = :jobGroup AND manifest_id IS NULL
