SELECT request_hash, location FROM execution
WHERE workspace_id = :workspace AND person_id = :person AND execution_id = :id
