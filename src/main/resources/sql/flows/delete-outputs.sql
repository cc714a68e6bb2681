DELETE FROM output_object WHERE recipe_id IN (SELECT n.id FROM flow_node n WHERE n.id = :recipe OR n.flow_id = :flow)
