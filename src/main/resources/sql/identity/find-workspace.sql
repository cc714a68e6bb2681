SELECT id, uuid, name, created_at, COALESCE(updated_at, created_at) AS updated_at FROM workspace WHERE id = :workspace
