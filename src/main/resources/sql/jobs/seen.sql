UPDATE node SET seen_at = :now WHERE id = :node
