-- Output objects that were deleted: who asks for one is told that it is gone, as of flows and recipes. A recipe may have another
-- one of the kind by then, so that these are no rows of the same table.
CREATE TABLE deleted_output_object (
    id BIGINT PRIMARY KEY,
    recipe_id BIGINT NOT NULL REFERENCES flow_node (id)
);
