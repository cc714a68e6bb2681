DELETE FROM result_file WHERE id = :id
