UPDATE page_session
SET last_seen_at = :at
WHERE id = :id AND last_seen_at < :before
