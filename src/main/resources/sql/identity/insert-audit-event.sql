INSERT INTO audit_event (workspace_id, occurred_at, actor_id, person_id, via, operation, connection_id, bucket, object_key,
    outcome, detail, request_id)
VALUES (:workspace, :now, :actor, :person, :via, :operation, :connection, :bucket, :key, :outcome, :detail, :request)
