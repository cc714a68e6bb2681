SELECT t.id, t.uuid, f.workspace_id, t.flow_id, f.name AS flow_name, t.name, t.method, t.trigger_event, t.body, t.retries, t.target,
    t.creator_id, t.updater_id, t.created_at, t.updated_at
FROM webhook_task t
JOIN flow f ON f.id = t.flow_id
WHERE t.id = :id AND t.deleted_at IS NULL AND f.deleted_at IS NULL AND f.workspace_id = :workspace AND (f.owner_id = :person OR :all)
