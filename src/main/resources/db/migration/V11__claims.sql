-- One claim protocol for runs and publications, and an outbox: a job names until when its claim was renewed, and when its
-- message is due. Nodes show that they live, so that what a dead one had can be done elsewhere.

-- When the process that works on the job last said so.
ALTER TABLE job ADD COLUMN renewed_at TIMESTAMP WITH TIME ZONE;
-- When the job's message is to be sent (again), unless somebody has taken the job up by then; null while there is none.
ALTER TABLE job ADD COLUMN due_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE job DROP COLUMN sent_at;

UPDATE job SET renewed_at = updated_at WHERE process_id IS NOT NULL;
UPDATE job SET due_at = updated_at
WHERE status IN ('Pending', 'InProgress') AND (job_type = 'wrangle' OR document IS NOT NULL);

CREATE TABLE node (
    id VARCHAR(64) PRIMARY KEY,
    seen_at TIMESTAMP WITH TIME ZONE NOT NULL
);

-- Why a job failed names what is visible and what is not, a hundred files each.
ALTER TABLE job_group ALTER COLUMN failure SET DATA TYPE VARCHAR(400000);

CREATE INDEX job_due ON job (status, due_at);
