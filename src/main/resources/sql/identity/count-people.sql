SELECT COUNT(*)
FROM membership m
JOIN person p ON p.id = m.person_id
WHERE m.workspace_id = :workspace
    AND (LOWER(p.name) LIKE :pattern ESCAPE '!' OR LOWER(p.email) LIKE :pattern ESCAPE '!')
    AND (:anybody = TRUE OR LOWER(p.email) = :email)
