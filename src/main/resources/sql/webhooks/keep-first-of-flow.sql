-- Locks the first webhook that a flow ever had until the transaction ends: who counts them waits for who adds one.
UPDATE webhook_task SET flow_id = flow_id WHERE id = (SELECT MIN(t.id) FROM webhook_task t WHERE t.flow_id = :flow)
