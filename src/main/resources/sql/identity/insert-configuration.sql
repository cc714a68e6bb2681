INSERT INTO workspace_configuration (workspace_id, config_key, config_value, updater_id, updated_at)
VALUES (:workspace, :key, :value, :updater, :now)
