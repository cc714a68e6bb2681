-- Whoever changes when a schedule is due waits here for whoever does so at the same time.
UPDATE schedule SET is_enabled = is_enabled WHERE id = :id
