package dev.authmail.address;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Eight groups as text, the longest run of zeros as {@code ::}. RFC 5952 §4.2. */
final class Ipv6Text {
    private Ipv6Text() {}

    static String of(int[] groups) {
        int start = 0;
        int length = 0;
        for (int i = 0; i < groups.length; i++) {
            int zeros = zerosFrom(groups, i);
            if (zeros > length) {
                start = i;
                length = zeros;
            }
        }
        return length < 2
                ? joined(groups, 0, groups.length)
                : joined(groups, 0, start) + "::" + joined(groups, start + length, groups.length);
    }

    private static int zerosFrom(int[] groups, int from) {
        int at = from;
        while (at < groups.length && groups[at] == 0) {
            at++;
        }
        return at - from;
    }

    private static String joined(int[] groups, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Integer.toHexString(groups[i]))
                .collect(Collectors.joining(":"));
    }
}
