SELECT d.id, d.task_id, d.event_id, d.job_group_id, d.job_status, d.attempts
FROM webhook_delivery d
WHERE d.state IN ('pending', 'sending')
  AND d.due_at <= :#${variable.times.now}
  AND NOT EXISTS (
      SELECT 1 FROM webhook_delivery o
      WHERE o.task_id = d.task_id AND o.state = 'sending' AND o.due_at > :#${variable.times.now})
  AND d.id = (
      SELECT MIN(e.id) FROM webhook_delivery e
      WHERE e.task_id = d.task_id AND e.state IN ('pending', 'sending') AND e.due_at <= :#${variable.times.now})
  AND (
      SELECT COUNT(*) FROM webhook_delivery s
      JOIN webhook_task u ON u.id = s.task_id
      JOIN webhook_task t ON t.creator_id = u.creator_id
      WHERE t.id = d.task_id AND s.state = 'sending' AND s.due_at > :#${variable.times.now}) < :#${variable.times.mostOfOne}
ORDER BY d.due_at
FETCH FIRST 20 ROWS ONLY
