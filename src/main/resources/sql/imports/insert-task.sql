INSERT INTO import_task (workspace_id, owner_id, name, source, status, dataset_id, file_count, byte_count, ignored_count,
    refused_count, created_at, updated_at)
VALUES (:workspace, :owner, :name, :source, 'running', :dataset, 0, 0, 0, 0, :now, :now)
