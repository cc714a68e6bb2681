-- What a job reads is kept with it, as its dataset may be led elsewhere, and the files that were matched for it are forgotten
-- once it is over. Where the path of the dataset varies, read_key is a pattern until they are matched: then the first of them
-- are rows of read_file. Of jobs over such paths that are older than this nothing is known.
ALTER TABLE job_group ADD COLUMN read_connection_id BIGINT;
ALTER TABLE job_group ADD COLUMN read_bucket VARCHAR(255);
ALTER TABLE job_group ADD COLUMN read_key VARCHAR(1024);
ALTER TABLE job_group ADD COLUMN read_varies BOOLEAN DEFAULT FALSE NOT NULL;
ALTER TABLE job_group ADD COLUMN read_count BIGINT;

UPDATE job_group
SET read_connection_id = (SELECT d.connection_id FROM imported_dataset d WHERE d.id = job_group.dataset_id AND d.parameters IS NULL),
    read_bucket = (SELECT d.bucket FROM imported_dataset d WHERE d.id = job_group.dataset_id AND d.parameters IS NULL),
    read_key = (SELECT d.object_key FROM imported_dataset d WHERE d.id = job_group.dataset_id AND d.parameters IS NULL),
    read_count = (SELECT m.file_count FROM manifest m WHERE m.id = job_group.manifest_id)
WHERE dataset_id IS NOT NULL;

CREATE TABLE read_file (
    job_group_id BIGINT NOT NULL REFERENCES job_group (id),
    file_no BIGINT NOT NULL,
    object_key VARCHAR(1024) NOT NULL,
    PRIMARY KEY (job_group_id, file_no)
);
