SELECT found FROM manifest WHERE id = :manifest
