SELECT COUNT(*) FROM webhook_task WHERE flow_id = :flow AND deleted_at IS NULL
