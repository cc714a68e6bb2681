SELECT COUNT(*)
FROM job_group g
JOIN membership m ON m.id = g.membership_id
WHERE g.id = :jobGroup AND g.workspace_id = :workspace AND m.person_id = COALESCE(:person, m.person_id)
