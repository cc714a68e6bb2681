SELECT o.id, o.uuid, o.recipe_id, n.flow_id, f.workspace_id, o.is_adhoc, o.profiler, o.name, o.description, o.creator_id,
    o.updater_id, o.created_at, o.updated_at
FROM output_object o
JOIN flow_node n ON n.id = o.recipe_id
JOIN flow f ON f.id = n.flow_id
WHERE o.recipe_id IN (:recipes)
ORDER BY o.id
