SELECT output_home_dir, upload_dir FROM membership WHERE id = :membership
