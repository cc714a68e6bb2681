UPDATE schedule SET wanted = 'notification'
WHERE id = :id AND is_enabled AND deleted_at IS NULL AND wanted IS NULL
    AND EXISTS (SELECT 1 FROM arrival a WHERE a.schedule_id = schedule.id AND a.run_id IS NULL AND NOT a.is_left_out)
