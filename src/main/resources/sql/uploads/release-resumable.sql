UPDATE resumable_upload SET claim = NULL WHERE uuid = :uuid AND claim = :claim
