SELECT g.uuid, g.workspace_id, g.name, g.status, g.failure, g.recipe_id, g.dataset_id, g.published_from, d.bucket, d.object_key
FROM job_group g
LEFT JOIN imported_dataset d ON d.id = g.dataset_id
WHERE g.id = :jobGroup
