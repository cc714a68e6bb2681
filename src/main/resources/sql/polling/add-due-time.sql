INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)
SELECT 'runSchedule', CAST(s.id AS VARCHAR(100)), CAST(:at AS TIMESTAMP WITH TIME ZONE), FALSE, 1
FROM schedule s
WHERE s.id = :id AND s.deleted_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM scheduled_tasks t
                    WHERE t.task_name = 'runSchedule' AND t.task_instance = CAST(s.id AS VARCHAR(100)))
