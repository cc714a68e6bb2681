DELETE FROM execution WHERE workspace_id = :workspace AND person_id = :person AND location = :location
