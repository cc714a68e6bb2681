SELECT dataset_id, published_from FROM job_group WHERE id = :jobGroup
