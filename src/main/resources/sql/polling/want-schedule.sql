UPDATE schedule SET wanted = :cause
WHERE id = :id AND deleted_at IS NULL AND (wanted IS NULL OR wanted <> 'request')
