INSERT INTO webhook_task (uuid, flow_id, name, method, trigger_event, body, retries, target, creator_id, updater_id, created_at,
    updated_at)
VALUES (:uuid, :flow, :name, :method, :triggerEvent, :body, :retries, :target, :person, :person, :now, :now)
