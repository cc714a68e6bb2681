package dev.wharf.kernel;

import dev.wharf.kernel.settings.DataFolder;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.settings.SettingsException;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.time.Duration;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.TransportConstants;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * The queue: Artemis in this process with its journal on disk and no door but {@code vm://}, or a cluster by URL.
 *
 * <p>A message that failed as often as it may ends in the queue {@value #DEAD_LETTERS}. On a cluster its address
 * settings decide that, and how long it waits before it comes again: a {@code redelivery-delay} for
 * {@code running.jobs} and {@code publishing.jobs} gives stores that fail the time to recover.
 */
public final class Broker implements AutoCloseable {
    public static final String DEAD_LETTERS = "DLQ";

    private final Settings.Broker settings;
    private final DataFolder folder;
    private final int attempts;
    private final Duration retryDelay;
    private final EmbeddedActiveMQ embedded;
    private final ActiveMQConnectionFactory connections;

    /**
     * Nothing is started or reached before {@link #open}.
     *
     * @param attempts deliveries of one message before it is a dead letter
     * @param retryDelay the pause before the second delivery, doubled each time up to five minutes
     */
    public Broker(Settings.Broker settings, DataFolder folder, int attempts, Duration retryDelay) {
        this.settings = settings;
        this.folder = folder;
        this.attempts = attempts;
        this.retryDelay = retryDelay;
        this.embedded = settings.embedded() ? new EmbeddedActiveMQ() : null;
        try {
            this.connections = new ActiveMQConnectionFactory(
                    settings.url(), settings.user(), settings.password().value());
        } catch (RuntimeException e) {
            throw new SettingsException(
                    "wharf.broker.url " + SettingsException.withoutParameters(settings.url()) + " is not usable", e);
        }
        connections.setConsumerWindowSize(0); // a message waits for whoever is free, not behind a long job
    }

    /**
     * Starts the queue, or finds it.
     *
     * @throws SettingsException in one line, if it cannot be started or reached
     */
    public void open() {
        if (embedded != null) {
            try {
                embedded.setConfiguration(configuration(settings, folder, attempts, retryDelay));
                embedded.start();
            } catch (Exception e) {
                throw new SettingsException("The queue in " + folder.resolve("queue") + " cannot be started: " + e, e);
            }
        }
        try (Connection probe = connections.createConnection()) {
            probe.start();
        } catch (JMSException | RuntimeException e) {
            throw new SettingsException(
                    "wharf.broker.url " + SettingsException.withoutParameters(settings.url()) + " cannot be reached",
                    e);
        }
    }

    private static Configuration configuration(
            Settings.Broker settings, DataFolder folder, int attempts, Duration retryDelay) throws Exception {
        var queue = folder.resolve("queue");
        var addresses = new AddressSettings()
                .setDeadLetterAddress(SimpleString.of(DEAD_LETTERS))
                .setExpiryAddress(SimpleString.of("ExpiryQueue"))
                .setMaxDeliveryAttempts(attempts)
                .setRedeliveryDelay(retryDelay.toMillis())
                .setRedeliveryMultiplier(2)
                .setMaxRedeliveryDelay(Duration.ofMinutes(5).toMillis())
                .setDefaultAddressRoutingType(RoutingType.ANYCAST)
                .setDefaultQueueRoutingType(RoutingType.ANYCAST)
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setMaxSizeBytes(16L << 20);
        var acceptor = new TransportConfiguration(
                InVMAcceptorFactory.class.getName(),
                java.util.Map.of(
                        TransportConstants.SERVER_ID_PROP_NAME, settings.url().substring("vm://".length())));
        return new ConfigurationImpl()
                .setName("wharf")
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalFileSize(1 << 20)
                .setJournalMinFiles(2)
                .setJournalDirectory(queue.resolve("journal").toString())
                .setBindingsDirectory(queue.resolve("bindings").toString())
                .setPagingDirectory(queue.resolve("paging").toString())
                .setLargeMessagesDirectory(queue.resolve("large").toString())
                .setScheduledThreadPoolMaxSize(2)
                .setThreadPoolMaxSize(8)
                .setMaxDiskUsage(-1)
                .addAcceptorConfiguration(acceptor)
                .addAddressSetting("#", addresses)
                // A dead letter for which there is no queue would be dropped.
                .addQueueConfiguration(QueueConfiguration.of(DEAD_LETTERS).setRoutingType(RoutingType.ANYCAST));
    }

    public ConnectionFactory connections() {
        return connections;
    }

    /** Whether somebody who connects is let in. */
    public boolean answers() {
        try (Connection probe = connections.createConnection()) {
            return probe.getMetaData() != null;
        } catch (JMSException | RuntimeException e) {
            return false;
        }
    }

    @Override
    public void close() {
        connections.close();
        if (embedded != null) {
            try {
                embedded.stop(); // also a half-started one: its threads would keep the process alive
            } catch (Exception e) {
                throw new IllegalStateException("The queue did not stop", e);
            }
        }
    }
}
