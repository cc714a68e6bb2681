UPDATE dead_letter
SET message_key = :key, queue = :queue, message_id = :messageId, message_type = :type, message_text = :text,
    text_length = :length, is_whole = :whole, reason = :reason, deliveries = :deliveries, workspace_id = :workspace,
    announced_as = :announcedAs, job_group_id = :jobGroup, status = 'dead', updated_at = :now
WHERE replay_id = :replay AND status = 'replayed'
