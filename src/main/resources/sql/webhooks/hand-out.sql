UPDATE webhook_delivery
SET state = 'sending', attempts = attempts + 1, due_at = :#${variable.times.lease}, updated_at = :#${variable.times.now}
WHERE id = :#${variable.due.id} AND attempts = :#${variable.due.attempts} AND state IN ('pending', 'sending')
  AND (
      SELECT COUNT(*) FROM webhook_delivery s
      JOIN webhook_task u ON u.id = s.task_id
      JOIN webhook_task t ON t.creator_id = u.creator_id
      WHERE t.id = :#${variable.due.taskId} AND s.state = 'sending' AND s.due_at > :#${variable.times.now})
      < :#${variable.times.mostOfOne}
