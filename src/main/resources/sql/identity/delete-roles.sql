DELETE FROM membership_role WHERE membership_id = :membership
