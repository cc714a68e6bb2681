SELECT id, uuid, target FROM webhook_task WHERE id > :after ORDER BY id FETCH FIRST 100 ROWS ONLY
