INSERT INTO job_group (uuid, workspace_id, membership_id, dataset_id, recipe_id, manifest_id, run_parameters,
    read_connection_id, read_bucket, read_key, read_varies, read_count, name, execution, ran_from, status, created_at, updated_at)
VALUES (:uuid, :workspace, :membership, :dataset, :recipe, :manifest, :runParameters,
    :readConnection, :readBucket, :readKey, :readVaries,
    (SELECT m.file_count FROM manifest m WHERE m.id = :manifest), :name, :execution, :ranFrom, 'Created', :now, :now)
