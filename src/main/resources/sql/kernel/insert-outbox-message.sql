INSERT INTO outbox_message (id, topic, document, due_at) VALUES (:id, :topic, :document, :due)
