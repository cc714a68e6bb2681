SELECT p.id, p.name, p.email, s.grant_name, s.created_at, s.updated_at
FROM connection_share s JOIN person p ON p.id = s.person_id
WHERE s.connection_id = :#${variable.id}
ORDER BY p.id
