-- Of other flows that refer to a recipe, or to any recipe of a flow, the first.
SELECT n.flow_id, n.recipe_id
FROM flow_node n
JOIN flow_node r ON r.id = n.recipe_id
WHERE (r.id = :recipe OR r.flow_id = :flow) AND n.deleted_at IS NULL
ORDER BY n.id
LIMIT 1
