SELECT n.id, n.uuid, n.name, n.dataset_id, f.workspace_id, f.owner_id, n.deleted_at
FROM flow_node n
JOIN flow f ON f.id = n.flow_id
WHERE n.id = :id AND n.kind = 'recipe'
