SELECT id FROM schedule WHERE wanted IS NOT NULL AND deleted_at IS NULL ORDER BY id
