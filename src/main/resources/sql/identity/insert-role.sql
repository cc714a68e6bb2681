INSERT INTO membership_role (membership_id, role_name) VALUES (:membership, :role)
