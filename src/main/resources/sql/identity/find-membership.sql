SELECT id FROM membership WHERE workspace_id = :workspace AND person_id = :person
