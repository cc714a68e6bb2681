UPDATE result_file SET claimed_at = :now WHERE id IN (:files) AND state = 'pending' AND POSITION(:process IN claimed_by) = 1
