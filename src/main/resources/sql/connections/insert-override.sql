INSERT INTO connector_override (workspace_id, connector, document, updater_id, updated_at)
VALUES (:workspace, :connector, :document, :updater, :now)
