SELECT request_hash FROM execution
WHERE workspace_id = :workspace AND execution_id = :id
