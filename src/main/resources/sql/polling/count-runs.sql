SELECT COUNT(*) FROM schedule_run WHERE schedule_id = :schedule
