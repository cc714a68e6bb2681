SELECT COUNT(*) FROM connection WHERE id = :id AND owner_id = :person AND workspace_id = :workspace
