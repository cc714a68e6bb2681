INSERT INTO flow_run (uuid, flow_id, created_at) VALUES (:uuid, :flow, :now)
