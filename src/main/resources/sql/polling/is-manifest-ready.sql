SELECT COUNT(*) FROM manifest WHERE id = :manifest AND state = 'ready'
