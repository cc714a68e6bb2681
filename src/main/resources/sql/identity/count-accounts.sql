SELECT COUNT(*) FROM provider_account WHERE issuer = :issuer AND subject = :subject
