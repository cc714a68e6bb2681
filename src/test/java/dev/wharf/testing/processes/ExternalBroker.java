package dev.wharf.testing.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** A broker that is not ours, with an operator's usual settings: in this process, or in one of its own. */
public final class ExternalBroker implements AutoCloseable {
    private static final String READY = "The broker answers";

    private final JavaProcess process;

    private ExternalBroker(JavaProcess process) {
        this.process = process;
    }

    /** A free place for one. */
    public static String freeUrl() {
        try (var free = new ServerSocket(0)) {
            return "tcp://127.0.0.1:" + free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In this process. */
    public static EmbeddedActiveMQ start(String url, Path journal) throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(journal.resolve("journal").toString())
                .setBindingsDirectory(journal.resolve("bindings").toString())
                .setPagingDirectory(journal.resolve("paging").toString())
                .setLargeMessagesDirectory(journal.resolve("large").toString())
                .addAcceptorConfiguration("tcp", url)
                .addAddressSetting(
                        "#",
                        new AddressSettings()
                                .setDeadLetterAddress(SimpleString.of("DLQ"))
                                .setAutoDeleteQueues(false)
                                .setDefaultAddressRoutingType(RoutingType.ANYCAST)
                                .setDefaultQueueRoutingType(RoutingType.ANYCAST))
                .addQueueConfiguration(QueueConfiguration.of("DLQ").setRoutingType(RoutingType.ANYCAST));
        var broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration);
        broker.start();
        return broker;
    }

    /** In a process of its own. */
    public static ExternalBroker startProcess(String url, Path journal) {
        return new ExternalBroker(JavaProcess.start(
                ExternalBroker.class,
                List.of(url, journal.toString()),
                Map.of(),
                READY,
                journal.resolveSibling(journal.getFileName() + ".log")));
    }

    public static void main(String[] arguments) throws Exception {
        start(arguments[0], Path.of(arguments[1]));
        System.out.println(READY);
        new CountDownLatch(1).await();
    }

    @Override
    public void close() {
        process.kill();
    }
}
