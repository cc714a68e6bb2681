SELECT m.id AS membership_id, m.person_id, m.workspace_id, p.email, r.role_name, t.id AS token_id, t.last_used_at
FROM access_token t
JOIN membership m ON m.id = t.membership_id
JOIN person p ON p.id = m.person_id
LEFT JOIN membership_role r ON r.membership_id = m.id
WHERE t.token_hash = :hash AND (t.expires_at IS NULL OR t.expires_at > :now) AND NOT m.is_disabled
