INSERT INTO schedule (uuid, workspace_id, membership_id, name, is_enabled, document, failures, updater_id, created_at,
    updated_at)
VALUES (:uuid, :workspace, :membership, :name, :enabled, :document, 0, :person, :now, :now)
