SELECT id, task_id, event_id, job_group_id, job_status, state, attempts, due_at, answer_status, answer, reason, created_at, updated_at
FROM webhook_delivery
WHERE task_id = :task
