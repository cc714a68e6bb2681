UPDATE person
SET name = COALESCE(:name, name), password_hash = COALESCE(:passwordHash, password_hash), updated_at = :now
WHERE id = :person
