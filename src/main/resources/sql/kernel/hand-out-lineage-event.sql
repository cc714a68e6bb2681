UPDATE outbox_message SET due_at = :#${variable.times.soon}
WHERE id = :#${variable.due.id} AND due_at <= :#${variable.times.now}
