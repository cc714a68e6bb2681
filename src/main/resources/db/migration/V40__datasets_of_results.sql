-- Datasets that are to be made of the results of jobs, once these are complete.
CREATE TABLE result_dataset (
    job_group_id BIGINT PRIMARY KEY REFERENCES job_group (id),
    -- Of which of the job's outputs, from 1.
    output_no INTEGER NOT NULL,
    name VARCHAR(255) NOT NULL,
    -- When the next attempt is due; null while the results are not complete, and once all is over.
    due_at TIMESTAMP WITH TIME ZONE,
    attempts INTEGER NOT NULL,
    -- The dataset, once it is made; it is made once.
    dataset_id BIGINT REFERENCES imported_dataset (id),
    -- Why none was made.
    failure VARCHAR(4000)
);
CREATE INDEX result_dataset_due ON result_dataset (due_at);
