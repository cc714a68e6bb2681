UPDATE manifest SET updated_at = :now WHERE id = :manifest AND state = 'writing'
