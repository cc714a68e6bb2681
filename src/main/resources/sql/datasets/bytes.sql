SELECT byte_count FROM manifest WHERE id = :manifest AND dataset_id = :dataset AND state = 'ready'
