SELECT COUNT(*) FROM flow f
WHERE f.id = :flow AND f.workspace_id = :workspace AND (f.owner_id = :person OR :all) AND f.deleted_at IS NULL
