SELECT g.id, g.uuid, g.name, g.description, g.ran_from, g.status, g.execution, g.failure, g.warning, g.run_parameters,
    COALESCE(g.recipe_id, g.dataset_id) AS asked_id, g.flow_run_id, g.published_from, g.workspace_id, m.person_id, g.created_at, g.updated_at,
    d.name AS new_name, d.output_no AS new_output, d.dataset_id AS new_id, d.failure AS new_failure,
    CASE WHEN p.id IS NULL THEN FALSE ELSE TRUE END AS is_profiled, CASE WHEN p.status IN ('Complete', 'Failed') THEN p.error_message END AS profile_message
FROM job_group g
JOIN membership m ON m.id = g.membership_id
LEFT JOIN result_dataset d ON d.job_group_id = g.id
LEFT JOIN job p ON p.job_group_id = g.id AND p.job_type = 'profile'
WHERE g.id = :id AND g.workspace_id = :workspace AND m.person_id = COALESCE(:person, m.person_id)
