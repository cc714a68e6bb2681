package dev.wharf.identity;

import dev.wharf.Wharf;

class StorageFoldersTest extends StorageFoldersContract {
    @Override
    Wharf service() {
        return WHARF;
    }
}
