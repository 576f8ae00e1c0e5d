package dev.authmail.traffic;

import java.util.ArrayList;
import java.util.List;

/** One thing that can keep mails from going somewhere. Thread-safe. */
@FunctionalInterface
public interface Gate {
    /** Lets everything through and learns nothing. */
    Gate OPEN = to -> (Admission.Permit) reception -> {};

    /** Asks for one mail to one server. */
    Admission ask(Destination to);

    /** A gate that is as open as all of these, which are asked in order. */
    static Gate all(List<Gate> gates) {
        List<Gate> all = List.copyOf(gates);
        return to -> {
            List<Admission.Permit> permits = new ArrayList<>(all.size());
            for (Gate gate : all) {
                switch (gate.ask(to)) {
                    case Admission.Permit permit -> permits.add(permit);
                    case Admission.Denied denied -> {
                        end(permits, new Reception.NotAsked());
                        return denied;
                    }
                }
            }
            return (Admission.Permit) reception -> end(permits, reception);
        };
    }

    /** The last gate hears of it first: who gets through an earlier one then finds it in the know. */
    private static void end(List<Admission.Permit> permits, Reception reception) {
        permits.reversed().forEach(permit -> permit.ended(reception));
    }
}
