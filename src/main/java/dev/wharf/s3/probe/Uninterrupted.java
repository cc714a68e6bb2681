package dev.wharf.s3.probe;

/** Tidies up although somebody wants the thread to end: the SDK sends nothing for a thread that is interrupted. */
final class Uninterrupted {
    private Uninterrupted() {}

    static void run(Runnable tidying) {
        boolean interrupted = Thread.interrupted();
        try {
            tidying.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
