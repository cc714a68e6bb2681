UPDATE workspace_configuration SET config_value = :value, updater_id = :updater, updated_at = :now
WHERE workspace_id = :workspace AND config_key = :key
