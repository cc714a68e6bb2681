UPDATE imported_dataset SET updated_at = :now WHERE id = :id AND state = 'importing'
