SELECT id, name, source, status, dataset_id, file_count, byte_count, ignored_count, refused_count, failure, created_at,
    updated_at
FROM import_task
WHERE workspace_id = :workspace AND (owner_id = :person OR :all)
