UPDATE scheduled_tasks SET picked = FALSE, picked_by = NULL, last_heartbeat = NULL, version = version + 1
WHERE picked AND picked_by LIKE :ofThisNode ESCAPE '!'
