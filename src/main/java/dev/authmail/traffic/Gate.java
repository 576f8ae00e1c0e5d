package dev.authmail.traffic;

import java.util.List;
import java.util.Optional;

/** One thing that can keep mails from going somewhere. Thread-safe. */
@FunctionalInterface
public interface Gate {
    /** Lets everything through and learns nothing. */
    Gate OPEN = to -> (Admission.Permit) reception -> {};

    /** Asks for one mail to one server. */
    Admission ask(Destination to);

    /**
     * What would keep a mail from one server now: as {@link #ask} would say, but without waiting, probing or taking a turn.
     * Empty when only asking tells.
     */
    default Optional<Admission.Denied> obstacle(Destination to) {
        return Optional.empty();
    }

    /** A gate that is as open as all of these, which are asked in order. */
    static Gate all(List<Gate> gates) {
        return new Gates(gates);
    }
}
