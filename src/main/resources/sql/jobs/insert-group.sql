INSERT INTO job_group (uuid, workspace_id, membership_id, dataset_id, recipe_id, manifest_id, run_parameters, name, execution,
    ran_from, status, created_at, updated_at)
VALUES (:uuid, :workspace, :membership, :dataset, :recipe, :manifest, :runParameters, :name, :execution,
    :ranFrom, 'Created', :now, :now)
