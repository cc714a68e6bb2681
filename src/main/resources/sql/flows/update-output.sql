UPDATE output_object SET profiler = :profiler, name = :name, description = :description, updater_id = :person, updated_at = :now
WHERE id = :id
