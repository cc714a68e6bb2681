INSERT INTO aws_config (uuid, workspace_id, person_id, holder, access_key_id, secret_access_key, role_arn, external_id,
    default_bucket, extra_buckets, updater_id, created_at, updated_at)
VALUES (:uuid, :workspace, :person, :holder, :accessKeyId, :secretAccessKey, :roleArn, :externalId, :defaultBucket,
    :extraBuckets, :updater, :now, :now)
