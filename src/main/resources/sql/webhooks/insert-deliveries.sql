INSERT INTO webhook_delivery (task_id, event_id, job_group_id, job_status, state, attempts, due_at, created_at, updated_at)
SELECT t.id, CAST(:#${variable.ended.id} AS VARCHAR(36)), g.id, CAST(:#${variable.ended.status} AS VARCHAR(20)), 'pending', 0,
    CAST(:#${variable.times.now} AS TIMESTAMP WITH TIME ZONE), CAST(:#${variable.times.now} AS TIMESTAMP WITH TIME ZONE),
    CAST(:#${variable.times.now} AS TIMESTAMP WITH TIME ZONE)
FROM job_group g
JOIN flow_node n ON n.id = g.recipe_id
JOIN webhook_task t ON t.flow_id = n.flow_id
WHERE g.id = :#${variable.ended.jobGroupId}
  AND g.published_from IS NULL
  AND t.deleted_at IS NULL
  AND (t.trigger_event = 'onJobDone'
       OR (t.trigger_event = 'onJobSuccess' AND :#${variable.ended.status} = 'Complete')
       OR (t.trigger_event = 'onJobFailure' AND :#${variable.ended.status} = 'Failed'))
  AND NOT EXISTS (SELECT 1 FROM webhook_delivery d WHERE d.task_id = t.id AND d.event_id = :#${variable.ended.id})
