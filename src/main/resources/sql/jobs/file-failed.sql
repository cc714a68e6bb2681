-- The first failure counts, of a node that has the file yet, and of the attempt that it was staged for.
UPDATE job
SET file_failure = :failure
WHERE id = :job AND process_id = :holder AND attempts = :attempt AND status = 'InProgress' AND file_failure IS NULL
  AND EXISTS (SELECT 1 FROM result_file f WHERE f.id = :file AND f.state = 'pending' AND f.claimed_by = :claim)
