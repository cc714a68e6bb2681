DELETE FROM environment_parameter WHERE id = :id
