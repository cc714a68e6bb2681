UPDATE result_file SET sent_bytes = :bytes WHERE id = :id AND state = 'pending' AND COALESCE(claimed_by, '') = :claim
