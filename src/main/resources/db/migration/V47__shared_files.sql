-- Several nodes stage the files of one job: which of them has which file, and why the attempt is over that they work for.

-- While a file is staged by one of several nodes, and after: <node>:<boot>/<attempt>; null where one node does all.
ALTER TABLE result_file ADD COLUMN claimed_by VARCHAR(80);
-- When that process last said that it is at it.
ALTER TABLE result_file ADD COLUMN claimed_at TIMESTAMP WITH TIME ZONE;
-- What the first file of the present attempt has failed with, as JSON: no further one is begun.
ALTER TABLE job ADD COLUMN file_failure VARCHAR(10000);
