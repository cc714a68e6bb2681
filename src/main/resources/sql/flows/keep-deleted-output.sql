INSERT INTO deleted_output_object (id, recipe_id) SELECT id, recipe_id FROM output_object WHERE id = :id
