-- Results of a job that are published to another place are a job of their own: of which job, and where to.
ALTER TABLE job_group ADD COLUMN published_from BIGINT REFERENCES job_group (id);
ALTER TABLE job_group ADD COLUMN published_to VARCHAR(4096);
CREATE INDEX job_group_published_from ON job_group (published_from);
