-- Of what was matched for a job, the first hundred.
INSERT INTO read_file (job_group_id, file_no, object_key)
SELECT g.id, m.file_no, m.object_key
FROM job_group g
JOIN manifest_file m ON m.manifest_id = g.manifest_id
WHERE g.id = :jobGroup AND g.read_varies AND m.file_no < 100
