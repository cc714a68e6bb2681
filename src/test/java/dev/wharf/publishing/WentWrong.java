package dev.wharf.publishing;

import dev.wharf.testing.faulty.Fault;
import java.util.function.Consumer;

/** A way in which a store fails to answer, and what a job says of it that fails by it. */
enum WentWrong {
    OVERLOADED("503 SlowDown", fault -> fault.answer(503, "SlowDown"), "overloaded or failing"),
    FAILING("500 InternalError", fault -> fault.answer(500, "InternalError"), "overloaded or failing"),
    RESET("reset before", fault -> fault.breakOff().abruptly(), "the connection to \\S+ broke"),
    CUT_SHORT("answer cut short", fault -> fault.shortenBody(60), "could not be understood|and the store sends"),
    ERROR_INSIDE(
            "error inside a 200",
            fault -> fault.answer(200, "InternalError"),
            "overloaded or failing|and the store sends"),
    LOST("answer lost", fault -> fault.loseAnswer().abruptly(), "the connection to \\S+ broke");

    private final String words;
    private final Consumer<Fault> effect;
    private final String cause;

    WentWrong(String words, Consumer<Fault> effect, String cause) {
        this.words = words;
        this.effect = effect;
        this.cause = cause;
    }

    String words() {
        return words;
    }

    void happenTo(Fault fault) {
        effect.accept(fault);
    }

    /** What the message of a failed job matches somewhere. */
    String cause() {
        return cause;
    }
}
