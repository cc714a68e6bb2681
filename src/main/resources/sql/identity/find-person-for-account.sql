SELECT p.id, a.subject
FROM person p
LEFT JOIN provider_account a ON a.person_id = p.id AND a.issuer = :issuer
WHERE p.email = :email
