SELECT s.id, s.uuid, s.workspace_id, s.membership_id, m.person_id AS owner_id, s.name, s.is_enabled, s.pause_reason, s.queue_failure, s.queue_failed_at, s.document,
    s.source_format, s.dataset_id, s.wanted, s.failures, s.updater_id, s.created_at, s.updated_at
FROM schedule s
JOIN membership m ON m.id = s.membership_id
WHERE s.id = :id AND s.deleted_at IS NULL
