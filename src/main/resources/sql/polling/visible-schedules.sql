SELECT s.id, s.uuid, s.workspace_id, s.membership_id, m.person_id AS owner_id, s.name, s.is_enabled, s.pause_reason, s.queue_failure, s.queue_failed_at, s.document,
    s.source_format, s.dataset_id, s.wanted, s.failures, s.updater_id, s.created_at, s.updated_at,
    (SELECT t.execution_time FROM scheduled_tasks t
     WHERE t.task_name = 'runSchedule' AND t.task_instance = CAST(s.id AS VARCHAR(100))) AS next_run_at
FROM schedule s
JOIN membership m ON m.id = s.membership_id
WHERE s.workspace_id = :workspace AND (m.person_id = :person OR :all) AND s.deleted_at IS NULL
