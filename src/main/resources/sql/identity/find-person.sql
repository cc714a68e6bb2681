SELECT p.id, p.uuid, p.email, p.name, p.created_at, COALESCE(p.updated_at, p.created_at) AS updated_at,
    m.id AS membership_id, m.workspace_id, m.is_disabled,
    m.output_home_dir, m.upload_dir, r.role_name
FROM membership m
JOIN person p ON p.id = m.person_id
LEFT JOIN membership_role r ON r.membership_id = m.id
WHERE m.workspace_id = :workspace AND p.id = :person
