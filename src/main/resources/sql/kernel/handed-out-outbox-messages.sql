SELECT id, topic, document FROM outbox_message
WHERE due_at = :#${variable.times.soon} AND handed_to = :#${variable.times.batch}
ORDER BY written_at
