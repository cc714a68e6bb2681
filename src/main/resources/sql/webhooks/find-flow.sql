SELECT f.id FROM flow f WHERE f.id = :id AND f.deleted_at IS NULL AND f.workspace_id = :workspace AND (f.owner_id = :person OR :all)
