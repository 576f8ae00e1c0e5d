package dev.authmail.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What the operator's page makes of what it is given. */
class OperatorPageTest {
    private static final List<RouteBox> ROUTES = List.of(
            new RouteBox(
                    "receive",
                    "Reads events",
                    "kafka:registrations",
                    List.of("read", "to-send"),
                    List.of("direct:send"),
                    true),
            new RouteBox(
                    "send",
                    "",
                    "direct:send",
                    List.of("a", "b", "c"),
                    List.of("smtp:relay", "direct:end", "direct:send"),
                    true),
            new RouteBox("end", "Tells", "direct:end", List.of(), List.of("kafka:outcomes"), false),
            new RouteBox(
                    "handler", "Nobody calls it by name", "direct:handler", List.of("x"), List.of("direct:end"), true));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\" onload=\"alert(1)",
                "'><img src=x onerror=alert(1)>",
                "]]><svg onload=alert(1)>",
                "&lt;b&gt;",
                "\u0000\u0007\u202Egnp.exe",
                "</title></style></svg><iframe src=//evil.example>"
            })
    void whatComesInStaysText(String hostile) {
        Table table = new Table(hostile, List.of(hostile), List.of(List.of(hostile)), hostile);
        RouteBox route = new RouteBox(hostile, hostile, hostile, List.of(hostile), List.of(hostile), true);
        String page = OperatorPage.of(
                hostile, hostile, List.of(table), List.of(route), List.of(new OperatorPage.Link(hostile, hostile)));

        Document document = Jsoup.parse(page);
        assertThat(document.select("script, img, iframe, b, object, embed, link, form"))
                .isEmpty();
        assertThat(document.select("*"))
                .flatExtracting(element -> element.attributes().asList())
                .extracting(Attribute::getKey)
                .noneMatch(name -> name.startsWith("on"));
        assertThat(document.select("svg")).hasSize(1);
        assertThat(document.select("td").text())
                .isEqualTo(Jsoup.parse(Html.escaped(hostile)).text());
        assertThat(page.codePoints()).allMatch(c -> c == '\n' || !Character.isISOControl(c) && c != 0x202E);
    }

    @Test
    void theRoutesAreDrawnFromLeftToRightAndNoneCoversAnother() throws Exception {
        String svg = RoutePicture.of(ROUTES);
        NodeList boxes = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getElementsByTagName("rect");

        List<int[]> places = new ArrayList<>();
        for (int i = 0; i < boxes.getLength(); i++) {
            int[] place = new int[4];
            for (int k = 0; k < 4; k++) {
                place[k] = Integer.parseInt(boxes.item(i)
                        .getAttributes()
                        .getNamedItem(List.of("x", "y", "width", "height").get(k))
                        .getNodeValue());
            }
            assertThat(places).noneMatch(other -> overlap(other, place));
            places.add(place);
        }
        assertThat(places).hasSize(4);
        assertThat(places.get(0)[0]).isLessThan(places.get(1)[0]);
        assertThat(places.get(1)[0]).isLessThan(places.get(2)[0]);
        Document picture = Jsoup.parse(svg);
        assertThat(picture.select("path.edge")).as("who calls whom, itself too").hasSize(4);
        assertThat(picture.select("g.stopped text.name").text()).isEqualTo("end (stopped)");
        assertThat(picture.select("text.step").eachText()).containsExactly("read", "to-send", "a", "b", "c", "x");
    }

    private static boolean overlap(int[] a, int[] b) {
        return a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3];
    }

    @Test
    void anEmptyTableSaysSo() {
        String page = OperatorPage.of(
                "t",
                "now",
                List.of(new Table("Held", List.of("What"), List.of(), "Nothing is held.")),
                List.of(),
                List.of());

        assertThat(Jsoup.parse(page).select("h2:containsOwn(Held) + p").text()).isEqualTo("Nothing is held.");
    }
}
