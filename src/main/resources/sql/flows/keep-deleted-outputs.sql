INSERT INTO deleted_output_object (id, recipe_id)
SELECT o.id, o.recipe_id
FROM output_object o
JOIN flow_node n ON n.id = o.recipe_id
WHERE n.id = :recipe OR n.flow_id = :flow
