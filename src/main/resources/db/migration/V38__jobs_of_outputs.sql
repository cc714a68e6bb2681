-- Each output of a job has an id of its own among jobs. The first is shown as the publication itself; each further one has a
-- row that says only that there is one, as it stands as the publication does that writes it.

-- A group may have several jobs of a type now. The constraint that forbade it goes with its column: its name is not the same
-- in two databases, nor in one that is recovered from its log.
DROP INDEX job_status;
ALTER TABLE job ADD COLUMN type_before VARCHAR(20) DEFAULT '' NOT NULL;
UPDATE job SET type_before = job_type;
ALTER TABLE job DROP COLUMN job_type CASCADE;
ALTER TABLE job ADD COLUMN job_type VARCHAR(20) DEFAULT '' NOT NULL;
UPDATE job SET job_type = type_before;
ALTER TABLE job ALTER COLUMN job_type DROP DEFAULT;
ALTER TABLE job DROP COLUMN type_before;
CREATE INDEX job_status ON job (job_type, status);

-- From 1, as outputs are counted; 0 for runs and publications.
ALTER TABLE job ADD COLUMN output_no INTEGER DEFAULT 0 NOT NULL;
CREATE UNIQUE INDEX job_of_group ON job (job_group_id, job_type, output_no);
ALTER TABLE result_file ADD COLUMN output_no INTEGER DEFAULT 1 NOT NULL;
