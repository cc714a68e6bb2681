SELECT t.id, t.description, t.created_at, t.expires_at, t.last_used_at, m.person_id
FROM access_token t
JOIN membership m ON m.id = t.membership_id
WHERE t.id = :id AND (m.id = :membership OR :everybodys AND m.workspace_id = :workspace)
