-- Stands as the publication does that writes the output, which is shown as the first one's job.
INSERT INTO job (job_group_id, job_type, output_no, status, attempts, created_at, updated_at)
VALUES (:jobGroup, 'filewriter', :outputNo, 'Output', 0, :now, :now)
