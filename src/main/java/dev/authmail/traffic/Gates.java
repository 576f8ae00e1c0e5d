package dev.authmail.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** As open as all of them, which are asked in order. */
final class Gates implements Gate {
    private final List<Gate> gates;

    Gates(List<Gate> gates) {
        this.gates = List.copyOf(gates);
    }

    @Override
    public Admission ask(Destination to) {
        List<Admission.Permit> permits = new ArrayList<>(gates.size());
        for (Gate gate : gates) {
            switch (gate.ask(to)) {
                case Admission.Permit permit -> permits.add(permit);
                case Admission.Denied denied -> {
                    end(permits, new Reception.NotAsked());
                    return denied;
                }
            }
        }
        return (Admission.Permit) reception -> end(permits, reception);
    }

    /** The last gate hears of it first: who gets through an earlier one then finds it in the know. */
    private static void end(List<Admission.Permit> permits, Reception reception) {
        permits.reversed().forEach(permit -> permit.ended(reception));
    }

    @Override
    public Optional<Admission.Denied> obstacle(Destination to) {
        return gates.stream().flatMap(gate -> gate.obstacle(to).stream()).findFirst();
    }
}
