UPDATE connector_override SET document = :document, updater_id = :updater, updated_at = :now
WHERE workspace_id = :workspace AND connector = :connector
