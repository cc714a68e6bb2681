-- By themselves: who collects lineage may be away for long, and nothing else waits for that.
SELECT id, topic, document FROM outbox_message
WHERE due_at <= :#${variable.times.now} AND topic = 'openlineage'
ORDER BY due_at
FETCH FIRST 20 ROWS ONLY
