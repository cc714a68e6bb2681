UPDATE output_object SET updater_id = :person, updated_at = :now WHERE id = :id
