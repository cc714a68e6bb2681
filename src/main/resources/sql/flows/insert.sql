INSERT INTO flow (uuid, workspace_id, owner_id, updater_id, name, description, created_at, updated_at)
VALUES (:uuid, :workspace, :person, :person, :name, :description, :now, :now)
