-- What the service has written for somebody is found by whose it is, each time that they look at base storage.
CREATE INDEX job_group_of_membership ON job_group (membership_id);
CREATE INDEX upload_of_owner ON upload (owner_id);
