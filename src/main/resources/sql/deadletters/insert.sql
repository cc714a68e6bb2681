INSERT INTO dead_letter (uuid, message_key, queue, message_id, message_type, message_text, text_length, is_whole, reason,
    deliveries, workspace_id, announced_as, job_group_id, status, replays, created_at, updated_at)
VALUES (:uuid, :key, :queue, :messageId, :type, :text, :length, :whole, :reason, :deliveries, :workspace, :announcedAs,
    :jobGroup, 'dead', 0, :now, :now)
