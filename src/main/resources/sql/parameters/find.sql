SELECT id, uuid, workspace_id, override_key, variable_value, creator_id, updater_id, created_at, updated_at
FROM environment_parameter
WHERE id = :id AND workspace_id = :workspace
