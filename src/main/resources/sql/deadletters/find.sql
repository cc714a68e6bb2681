SELECT id, uuid, queue, message_id, message_type, message_text, text_length, is_whole, reason, deliveries, workspace_id,
    announced_as, job_group_id, status, replays, replayed_text, replayed_by, replayed_at, created_at, updated_at
FROM dead_letter
WHERE id = :id
    AND (workspace_id = :workspace OR (workspace_id IS NULL AND :workspace = (SELECT MIN(id) FROM workspace)))
