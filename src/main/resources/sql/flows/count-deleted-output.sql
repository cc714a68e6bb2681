SELECT COUNT(*)
FROM deleted_output_object o
JOIN flow_node n ON n.id = o.recipe_id
JOIN flow f ON f.id = n.flow_id
WHERE o.id = :id AND f.workspace_id = :workspace AND (f.owner_id = :person OR :all)
