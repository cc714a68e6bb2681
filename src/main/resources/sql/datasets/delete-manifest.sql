DELETE FROM manifest WHERE id = :manifest AND state = 'discarded'
