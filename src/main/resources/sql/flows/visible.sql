SELECT f.id, f.uuid, f.workspace_id, f.owner_id AS creator_id, f.updater_id, f.name, f.description, f.created_at, f.updated_at, f.deleted_at
FROM flow f
WHERE f.workspace_id = :workspace AND (f.owner_id = :person OR :all) AND f.deleted_at IS NULL
