SELECT MAX(started_at) FROM schedule_run WHERE schedule_id = :schedule AND cause <> 'notification'
