-- Connections are used by IAM roles as well. The key pair is then the one that assumes the role; both parts of it are
-- empty (and encrypted all the same) where the service does so as itself.

-- Null where the key pair is used as it is.
ALTER TABLE credential ADD COLUMN role_arn VARCHAR(2048);
-- Encrypted like the secret; null where there is no role.
ALTER TABLE credential ADD COLUMN external_id VARCHAR(2000);

-- Room for certificates of 64 KiB, as JSON.
ALTER TABLE connection ALTER COLUMN params SET DATA TYPE VARCHAR(140000);
