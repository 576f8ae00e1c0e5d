package dev.authmail.page;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The routes as a drawing: what reads from outside on the left, and to the right whom each calls. SVG 1.1. */
final class RoutePicture {
    private static final int WIDTH = 230;
    private static final int GAP_X = 70;
    private static final int GAP_Y = 22;
    private static final int LINE = 15;
    private static final int HEAD = 40;

    private final List<RouteBox> routes;
    private final Map<String, RouteBox> byFrom = new HashMap<>();
    private final Map<RouteBox, int[]> places = new HashMap<>();
    private int width;
    private int height;

    private RoutePicture(List<RouteBox> routes) {
        this.routes = routes;
        routes.forEach(route -> byFrom.put(route.from(), route));
        place(columns());
    }

    static String of(List<RouteBox> routes) {
        return new RoutePicture(routes).svg();
    }

    /** Each route as far to the left as the shortest way to it allows. */
    private List<List<RouteBox>> columns() {
        List<List<RouteBox>> columns = new ArrayList<>();
        Set<RouteBox> seen = new LinkedHashSet<>();
        Deque<RouteBox> column = new ArrayDeque<>(
                routes.stream().filter(route -> !route.isInner()).toList());
        seen.addAll(column);
        while (!column.isEmpty()) {
            columns.add(List.copyOf(column));
            Deque<RouteBox> next = new ArrayDeque<>();
            column.forEach(route -> targets(route).stream().filter(seen::add).forEach(next::add));
            column = next;
        }
        // Nobody calls them by name: error handlers do.
        List<RouteBox> others =
                routes.stream().filter(route -> !seen.contains(route)).toList();
        if (!others.isEmpty()) {
            columns.add(others);
        }
        return columns;
    }

    private List<RouteBox> targets(RouteBox route) {
        return route.to().stream().filter(byFrom::containsKey).map(byFrom::get).toList();
    }

    private void place(List<List<RouteBox>> columns) {
        int x = 10;
        for (List<RouteBox> column : columns) {
            int y = 10;
            for (RouteBox route : column) {
                places.put(route, new int[] {x, y});
                y += tall(route) + GAP_Y;
            }
            height = Math.max(height, y);
            x += WIDTH + GAP_X;
        }
        width = Math.max(x - GAP_X + 10, 100);
    }

    private static int tall(RouteBox route) {
        return HEAD + LINE * (route.steps().size() + 1);
    }

    private String svg() {
        StringBuilder out =
                new StringBuilder("<svg role=\"img\" aria-label=\"The routes\" viewBox=\"0 0 %d %d\" width=\"%d\">"
                        .formatted(width, height, width));
        out.append(
                "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\""
                        + " orient=\"auto\"><path d=\"M0 0L8 4L0 8z\"/></marker></defs>");
        routes.forEach(route -> targets(route).stream().distinct().forEach(target -> edge(out, route, target)));
        routes.forEach(route -> box(out, route));
        return out.append("</svg>").toString();
    }

    private void edge(StringBuilder out, RouteBox from, RouteBox to) {
        int[] a = at(from);
        int[] b = at(to);
        int x1 = a[0] + WIDTH;
        int y1 = a[1] + HEAD / 2;
        int y2 = b[1] + HEAD / 2;
        int bend = b[0] > a[0] ? GAP_X : GAP_X + WIDTH / 2;
        out.append("<path class=\"edge\" d=\"M%d %dC%d %d %d %d %d %d\" marker-end=\"url(#tip)\"/>"
                .formatted(x1, y1, x1 + bend, y1, b[0] - bend, y2, b[0], y2));
    }

    private int[] at(RouteBox route) {
        return places.getOrDefault(route, new int[] {0, 0});
    }

    private void box(StringBuilder out, RouteBox route) {
        int[] at = at(route);
        out.append(
                "<g class=\"route %s\"><title>%s</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\"/>"
                        .formatted(
                                route.running() ? "runs" : "stopped",
                                Html.escaped(route.description()),
                                at[0],
                                at[1],
                                WIDTH,
                                tall(route)));
        text(out, at, 18, "name", route.id() + (route.running() ? "" : " (stopped)"));
        text(out, at, 34, "from", route.from());
        for (int i = 0; i < route.steps().size(); i++) {
            text(out, at, HEAD + LINE * (i + 1), "step", route.steps().get(i));
        }
        out.append("</g>");
    }

    private static void text(StringBuilder out, int[] at, int down, String kind, String text) {
        String fits = text.length() <= 36 ? text : text.substring(0, 35) + "…";
        out.append("<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>"
                .formatted(kind, at[0] + 10, at[1] + down, Html.escaped(fits)));
    }
}
