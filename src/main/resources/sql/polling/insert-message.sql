INSERT INTO arrival_message (id, document, due_at) VALUES (:id, :document, :now)
