UPDATE webhook_task
SET name = :name, method = :method, trigger_event = :triggerEvent, body = :body, retries = :retries, target = :target,
    updater_id = :person, updated_at = :now
WHERE id = :id AND deleted_at IS NULL AND updated_at = COALESCE(:believed, updated_at)
