UPDATE job_group SET flow_run_id = :run WHERE id IN (:groups)
