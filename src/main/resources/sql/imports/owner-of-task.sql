SELECT workspace_id, owner_id FROM import_task WHERE id = :id
