INSERT INTO flow_node (id, uuid, flow_id, kind, dataset_id, recipe_id, name, description, creator_id, updater_id, created_at,
    updated_at)
VALUES (:id, :uuid, :flow, :kind, :dataset, :recipe, :name, :description, :person, :person, :now, :now)
