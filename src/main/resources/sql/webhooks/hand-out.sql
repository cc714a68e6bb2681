UPDATE webhook_delivery
SET state = 'sending', attempts = attempts + 1, due_at = :#${variable.times.lease}, updated_at = :#${variable.times.now}
WHERE id = :#${variable.due.id} AND attempts = :#${variable.due.attempts} AND state IN ('pending', 'sending')
