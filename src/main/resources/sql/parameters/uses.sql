-- What names an environment parameter; :used is how parameters that are kept as JSON name it.
SELECT CAST('importedDatasets' AS VARCHAR(20)) AS used_by, COUNT(*) AS uses, MIN(d.id) AS first_id
FROM imported_dataset d
WHERE d.workspace_id = :workspace AND d.deleted_at IS NULL AND POSITION(:used IN d.parameters) > 0
UNION ALL
SELECT CAST('writeSettings' AS VARCHAR(20)) AS used_by, COUNT(*) AS uses, MIN(w.id) AS first_id
FROM saved_write_setting w
JOIN output_object o ON o.id = w.output_id
JOIN flow_node n ON n.id = o.recipe_id
JOIN flow f ON f.id = n.flow_id
WHERE f.workspace_id = :workspace AND f.deleted_at IS NULL AND n.deleted_at IS NULL AND POSITION(:used IN w.parameters) > 0
UNION ALL
SELECT CAST('schedules' AS VARCHAR(20)) AS used_by, COUNT(*) AS uses, MIN(s.id) AS first_id
FROM schedule s
WHERE s.workspace_id = :workspace AND s.deleted_at IS NULL AND POSITION(:used IN s.document) > 0
