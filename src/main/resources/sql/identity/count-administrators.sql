SELECT COUNT(*)
FROM membership m
JOIN membership_role r ON r.membership_id = m.id
WHERE m.workspace_id = :workspace AND r.role_name = :role AND NOT m.is_disabled
