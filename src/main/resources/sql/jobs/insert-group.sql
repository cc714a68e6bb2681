INSERT INTO job_group (uuid, workspace_id, membership_id, dataset_id, manifest_id, name, execution, ran_from, status,
    created_at, updated_at)
VALUES (:uuid, :workspace, :membership, :dataset, :manifest, :name, :execution, :ranFrom, 'Created', :now, :now)
