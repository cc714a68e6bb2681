UPDATE membership SET output_home_dir = :path WHERE id = :membership
