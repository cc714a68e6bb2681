UPDATE result_file SET listed = TRUE WHERE id = :id
