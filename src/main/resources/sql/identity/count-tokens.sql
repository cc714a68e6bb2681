SELECT COUNT(*) FROM access_token WHERE membership_id = :membership
