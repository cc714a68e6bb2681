UPDATE execution SET location = :location
WHERE workspace_id = :workspace AND person_id = :person AND execution_id = :id
