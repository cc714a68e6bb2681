SELECT m.id AS membership_id, m.person_id, m.workspace_id, p.email, r.role_name
FROM person p
JOIN membership m ON m.person_id = p.id
LEFT JOIN membership_role r ON r.membership_id = m.id
WHERE p.email = :email
    AND m.id = (SELECT MIN(o.id) FROM membership o WHERE o.person_id = p.id AND NOT o.is_disabled)
