package dev.authmail.chaos;

/** Destinations: domains whose MX host stands at a loopback address. */
final class Domains {
    private Domains() {}

    static void of(World world, String domain, String address) {
        world.settings().dns.zone(domain, "@ IN MX 10 mx\nmx IN A " + address + "\n");
    }

    /** Domains d0.test, d1.test … of the world's own MX host, each with a name of its own for it. */
    static void fast(World world, int count) {
        for (int i = 0; i < count; i++) {
            of(world, "d" + i + ".test", "127.0.0.2");
        }
    }
}
