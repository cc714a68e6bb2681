package dev.wharf.identity.people;

import dev.wharf.Wharf;

class StorageFoldersTest extends StorageFoldersContract {
    @Override
    Wharf service() {
        return WHARF;
    }
}
