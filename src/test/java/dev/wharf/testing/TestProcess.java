package dev.wharf.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** What holds for every test of a process, whichever begins it. */
public final class TestProcess implements LauncherSessionListener {
    /** Of what is waited for without a limit of its own: far more than it takes, on a busy machine as well. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(PATIENCE);
        QuickPasswords.install();
    }
}
