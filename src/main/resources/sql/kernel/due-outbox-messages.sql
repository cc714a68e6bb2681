SELECT id, topic, document FROM outbox_message
WHERE due_at <= :#${variable.times.now}
ORDER BY due_at
FETCH FIRST 20 ROWS ONLY
