DELETE FROM output_object WHERE id = :id
