INSERT INTO execution (workspace_id, execution_id, request_hash, created_at)
VALUES (:workspace, :id, :hash, :now)
