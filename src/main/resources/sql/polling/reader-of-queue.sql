SELECT id FROM schedule WHERE queue_url = :queue
