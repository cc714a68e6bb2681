SELECT id, uuid, workspace_id, person_id, holder, access_key_id, secret_access_key, role_arn, external_id, default_bucket,
    extra_buckets, updater_id, created_at, updated_at
FROM aws_config
WHERE holder = :holder
