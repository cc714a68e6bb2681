INSERT INTO environment_parameter (uuid, workspace_id, override_key, variable_value, creator_id, updater_id, created_at, updated_at)
VALUES (:uuid, :workspace, :name, :value, :person, :person, :now, :now)
