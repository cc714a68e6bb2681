UPDATE environment_parameter SET variable_value = :value, updater_id = :person, updated_at = :now
WHERE id = :id AND updated_at = COALESCE(:believed, updated_at)
