SELECT m.id AS membership_id, m.person_id, m.workspace_id, p.email, r.role_name
FROM membership m
JOIN person p ON p.id = m.person_id
LEFT JOIN membership_role r ON r.membership_id = m.id
WHERE m.id = :id AND (NOT m.is_disabled OR :evenDisabled)
