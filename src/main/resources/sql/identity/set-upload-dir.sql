UPDATE membership SET upload_dir = :path WHERE id = :membership
