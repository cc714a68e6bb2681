INSERT INTO schedule (uuid, workspace_id, membership_id, name, is_enabled, document, queue_url, failures, updater_id, created_at,
    updated_at)
VALUES (:uuid, :workspace, :membership, :name, :enabled, :document, :queue, 0, :person, :now, :now)
