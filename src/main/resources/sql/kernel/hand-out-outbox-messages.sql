-- What another node has taken in the meantime is no longer due.
UPDATE outbox_message SET due_at = :#${variable.times.soon}, handed_to = :#${variable.times.batch}
WHERE due_at <= :#${variable.times.now}
  AND id IN (SELECT id FROM outbox_message
             WHERE due_at <= :#${variable.times.now} AND topic <> 'openlineage'
             ORDER BY due_at
             FETCH FIRST 20 ROWS ONLY)
