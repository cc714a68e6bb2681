INSERT INTO result_dataset (job_group_id, output_no, name, attempts) VALUES (:jobGroup, :output, :name, 0)
