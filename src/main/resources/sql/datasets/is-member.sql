SELECT COUNT(*) FROM membership WHERE workspace_id = :workspace AND person_id = :owner
