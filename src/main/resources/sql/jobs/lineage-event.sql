SELECT uuid, workspace_id, name, status, failure, recipe_id, dataset_id, published_from
FROM job_group
WHERE id = :jobGroup
