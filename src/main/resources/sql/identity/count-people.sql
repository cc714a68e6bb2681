SELECT COUNT(*)
FROM membership m
JOIN person p ON p.id = m.person_id
WHERE m.workspace_id = :workspace
    AND (POSITION(:part IN LOWER(p.name)) > 0 OR POSITION(:part IN LOWER(p.email)) > 0)
    AND (:anybody = TRUE OR LOWER(p.email) = :email)
