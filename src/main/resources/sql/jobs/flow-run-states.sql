SELECT g.status
FROM job_group g
JOIN flow_run r ON r.id = g.flow_run_id
JOIN flow f ON f.id = r.flow_id
JOIN membership m ON m.id = g.membership_id
WHERE r.id = :id AND f.workspace_id = :workspace AND (m.person_id = :person OR :all)
