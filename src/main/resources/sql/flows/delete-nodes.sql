UPDATE flow_node SET deleted_at = :now, updater_id = :person, updated_at = :now WHERE flow_id = :flow AND deleted_at IS NULL
