UPDATE outbox_message SET due_at = :due WHERE id = :id
