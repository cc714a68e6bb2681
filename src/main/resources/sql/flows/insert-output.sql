INSERT INTO output_object (uuid, recipe_id, is_adhoc, profiler, name, description, creator_id, updater_id, created_at,
    updated_at)
VALUES (:uuid, :recipe, :adhoc, :profiler, :name, :description, :person, :person, :now, :now)
