UPDATE workspace SET updated_at = :now WHERE id = :workspace
