SELECT n.id, n.uuid, n.flow_id, f.workspace_id, n.kind, n.dataset_id, n.recipe_id, n.name, n.description, n.creator_id,
    n.updater_id, n.created_at, n.updated_at, n.deleted_at
FROM flow_node n
JOIN flow f ON f.id = n.flow_id
WHERE n.id = :id AND n.kind = 'recipe' AND f.workspace_id = :workspace AND (f.owner_id = :person OR :all)
