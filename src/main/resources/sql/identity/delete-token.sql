DELETE FROM access_token WHERE id = :id AND membership_id = :membership
