SELECT p.email, m.output_home_dir
FROM membership m
JOIN person p ON p.id = m.person_id
WHERE m.workspace_id = :workspace AND m.id <> :membership AND m.output_home_dir IS NOT NULL
