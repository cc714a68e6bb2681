-- What a job reads: read_bucket is null where that is not known.
SELECT d.name, g.read_connection_id, g.read_bucket, g.read_key, g.read_varies, g.read_count
FROM job_group g
JOIN imported_dataset d ON d.id = g.dataset_id
WHERE g.id = :jobGroup
