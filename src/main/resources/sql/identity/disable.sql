UPDATE membership SET is_disabled = :disabled WHERE id = :membership
