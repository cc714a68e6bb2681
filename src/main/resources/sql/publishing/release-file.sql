UPDATE result_file SET claimed_by = NULL, claimed_at = NULL WHERE id = :file AND state = 'pending' AND claimed_by = :claim
