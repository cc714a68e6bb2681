package dev.wharf.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.store.ObjectInfo;
import dev.wharf.store.StoreAccess;
import dev.wharf.testing.S3Server;
import java.io.IOException;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract, on a server that checks signatures and honours conditions. */
class S3ProxyObjectStoreTest extends ObjectStoreContract {
    private static S3Server server;

    @BeforeAll
    static void start() {
        server = S3Server.start("wharf-contract");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void noUploadStaysBehind() {
        assertThat(server.uploads("wharf-contract")).isEmpty();
    }

    @Test
    void copyKeepsTheContentType() throws IOException {
        for (String content : new String[] {"", "a,b"}) {
            String key = prefix + content.length();
            ObjectInfo source = store.write(
                    bucket(), key, bytes(content.getBytes()), OptionalLong.of(content.length()), "text/csv");

            store.copy(bucket(), key, source.etag(), bucket(), key + "-copy");

            assertThat(server.contentType(bucket(), key + "-copy")).isEqualTo("text/csv");
        }
    }

    @Override
    StoreAccess access() {
        return server.access();
    }

    @Override
    String bucket() {
        return "wharf-contract";
    }

    /** Its in-memory store is a file system: it tidies paths, and a name that ends in a slash is a directory. */
    @Override
    boolean holds(String name) {
        return !Set.of("a//b", "a/./b", "a/../b", "folder/").contains(name);
    }

    @Override
    void fill(Collection<String> keys) {
        keys.forEach(key -> server.put(bucket(), key, new byte[0]));
    }
}
