-- The datasets that were put into a flow, and those that recipes of other flows read to which it refers.
SELECT DISTINCT COALESCE(n.dataset_id, r.dataset_id) AS dataset_id
FROM flow_node n
LEFT JOIN flow_node r ON r.id = n.recipe_id
WHERE n.flow_id = :flow AND n.deleted_at IS NULL
ORDER BY dataset_id
