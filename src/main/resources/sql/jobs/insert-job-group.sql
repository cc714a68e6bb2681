INSERT INTO job_group (uuid, workspace_id, membership_id, name, execution, ran_from, status, announced_as, created_at,
                       updated_at)
VALUES (:uuid, :workspace, :membership, :name, :execution, 'api', 'InProgress', :announcedAs, :now, :now)
