-- One that runs stays as it is: its run sets when it is due next.
UPDATE scheduled_tasks
SET execution_time = :at, version = version + 1
WHERE task_name = 'runSchedule' AND task_instance = :instance AND NOT picked
