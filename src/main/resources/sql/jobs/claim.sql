UPDATE job
SET status = 'InProgress', process_id = :process, renewed_at = :now, attempts = attempts + 1, updated_at = :now,
    begun_at = :now, read_files = 0, read_bytes = 0, file_failure = NULL,
    bytes_before = (SELECT SUM(f.byte_size) FROM result_file f WHERE f.job_group_id = job.job_group_id)
WHERE id = :job
  AND status IN ('Pending', 'InProgress')
  AND (job_type = 'wrangle' OR document IS NOT NULL)
  AND (node_id IS NULL OR node_id = :node)
  AND (process_id IS NULL
       OR POSITION(:ofThisNode IN process_id) = 1
       OR renewed_at < :dead)
