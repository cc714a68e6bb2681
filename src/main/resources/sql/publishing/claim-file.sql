-- Nobody has it, whoever had it has not been at it for long, or its message comes again since its node is gone. And the
-- attempt stands that it is for.
UPDATE result_file
SET claimed_by = :claim, claimed_at = :now, sent_bytes = NULL
WHERE id = :file AND job_group_id = :jobGroup AND state = 'pending'
  AND (claimed_by IS NULL OR claimed_at < :dead
       OR (CAST(:again AS BOOLEAN) AND claimed_by <> :claim AND claimed_by <> :holdersClaim))
  AND EXISTS (SELECT 1
              FROM job j
              WHERE j.id = :job AND j.process_id = :holder AND j.attempts = :attempt AND j.status = 'InProgress'
                AND j.file_failure IS NULL)
