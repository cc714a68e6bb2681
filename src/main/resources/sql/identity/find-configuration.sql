SELECT config_value FROM workspace_configuration WHERE workspace_id = :workspace AND config_key = :key
