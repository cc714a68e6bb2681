UPDATE schedule SET queue_failure = :reason, queue_failed_at = :since WHERE id = :id AND is_enabled AND queue_url = :queue
