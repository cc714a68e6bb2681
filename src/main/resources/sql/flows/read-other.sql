UPDATE flow_node SET dataset_id = :dataset, updater_id = :person, updated_at = :now
WHERE id = :id AND deleted_at IS NULL
