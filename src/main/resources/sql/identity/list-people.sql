SELECT page.*, r.role_name
FROM (
    SELECT p.id, p.uuid, p.email, p.name, p.created_at, COALESCE(p.updated_at, p.created_at) AS updated_at,
        m.id AS membership_id, m.workspace_id, m.is_disabled, m.output_home_dir, m.upload_dir
    FROM membership m
    JOIN person p ON p.id = m.person_id
    WHERE m.workspace_id = :workspace
        AND (POSITION(:part IN LOWER(p.name)) > 0 OR POSITION(:part IN LOWER(p.email)) > 0)
        AND (:anybody = TRUE OR LOWER(p.email) = :email)
    ORDER BY p.id
    LIMIT :limit OFFSET :offset
) page
LEFT JOIN membership_role r ON r.membership_id = page.membership_id
ORDER BY page.id
