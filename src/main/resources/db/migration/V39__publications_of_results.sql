-- Results of a job that are published to another place are a job of their own: of which job, and where to.
ALTER TABLE job_group ADD COLUMN published_from BIGINT REFERENCES job_group (id);
ALTER TABLE job_group ADD COLUMN published_to VARCHAR(4096);
CREATE INDEX job_group_published_from ON job_group (published_from);

-- By which lineage goes on from a dataset to jobs, and from the place of a result to datasets.
CREATE INDEX job_group_dataset ON job_group (dataset_id);
CREATE INDEX imported_dataset_place ON imported_dataset (bucket, object_key);
