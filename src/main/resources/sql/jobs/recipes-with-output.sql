SELECT n.id, n.uuid, n.name, n.dataset_id, f.workspace_id, f.owner_id, n.deleted_at
FROM flow_node n
JOIN flow f ON f.id = n.flow_id
JOIN output_object o ON o.recipe_id = n.id AND o.is_adhoc = TRUE
WHERE n.flow_id = :flow AND n.kind = 'recipe' AND n.deleted_at IS NULL AND f.deleted_at IS NULL
ORDER BY n.id
