INSERT INTO execution (workspace_id, person_id, execution_id, request_hash, created_at)
VALUES (:workspace, :person, :id, :hash, :now)
