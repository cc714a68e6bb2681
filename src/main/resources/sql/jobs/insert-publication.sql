-- Of the same things as the job whose results it publishes, for whoever asks for it.
INSERT INTO job_group (uuid, workspace_id, membership_id, dataset_id, recipe_id, name, execution, ran_from, status,
    published_from, published_to, created_at, updated_at)
SELECT CAST(:uuid AS VARCHAR(36)), g.workspace_id, CAST(:membership AS BIGINT), g.dataset_id, g.recipe_id, g.name, g.execution,
    'api', 'Created', g.id, CAST(:to AS VARCHAR(4096)), CAST(:now AS TIMESTAMP WITH TIME ZONE),
    CAST(:now AS TIMESTAMP WITH TIME ZONE)
FROM job_group g
WHERE g.id = :of
