DELETE FROM connector_override WHERE workspace_id = :workspace AND connector = :connector
