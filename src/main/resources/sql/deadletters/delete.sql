DELETE FROM dead_letter WHERE id = :id
