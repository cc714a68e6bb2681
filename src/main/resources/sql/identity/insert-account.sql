INSERT INTO provider_account (issuer, subject, person_id, created_at) VALUES (:issuer, :subject, :person, :now)
