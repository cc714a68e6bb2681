SELECT m.id AS membership_id, m.person_id, m.workspace_id, p.email, r.role_name, s.id AS token_id,
    s.last_seen_at AS last_used_at
FROM page_session s
JOIN membership m ON m.id = s.membership_id
JOIN person p ON p.id = m.person_id
LEFT JOIN access_token t ON t.id = s.token_id
LEFT JOIN membership_role r ON r.membership_id = m.id
WHERE s.session_hash = :hash AND s.expires_at > :now AND s.last_seen_at > :seenAfter
    AND (t.expires_at IS NULL OR t.expires_at > :now) AND NOT m.is_disabled
