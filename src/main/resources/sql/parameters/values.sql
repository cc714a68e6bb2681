SELECT override_key, variable_value
FROM environment_parameter
WHERE workspace_id = :workspace AND override_key IN (:names)
