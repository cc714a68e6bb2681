SELECT id, email, name FROM person WHERE id IN (:ids)
