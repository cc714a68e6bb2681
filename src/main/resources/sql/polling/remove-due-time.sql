-- One that runs stays as it is: its run says that it is not due again.
DELETE FROM scheduled_tasks WHERE task_name = 'runSchedule' AND task_instance = :instance AND NOT picked
