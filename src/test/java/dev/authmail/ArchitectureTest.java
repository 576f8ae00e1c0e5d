package dev.authmail;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Processor;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The floor plan: which room may look into which. The table below is the plan itself. */
class ArchitectureTest {
    private static final String ROOT = "dev.authmail";
    private static final Path SOURCES = Path.of("src/main/java/dev/authmail");
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static final String PLAN = """
            # room    | rooms it may use                      | libraries beyond the JDK and JSpecify
            address   |                                       | com.ibm.icu..
            event     | address                               | tools.jackson.. com.networknt..
            keys      |                                       |
            authurl   | address event keys                    |
            envelope  | address event keys                    |
            template  |                                       | freemarker..
            mail      | address                               |
            dkim      | dns mail                              |
            smtp      | address mail                          | org.apache.commons.pool2..
            dns       |                                       | org.xbill.DNS..
            spf       | address dns                           |
            psl       |                                       | crawlercommons.domains..
            dmarc     | address dns                           |
            records   | address dkim dmarc dns mtasts spf tlsrpt |
            reports   | mime                                  | tools.jackson..
            lint      | address mail mime psl                 | com.ibm.icu..
            doctor    | address dane delivery dkim dmarc dns mtasts psl records reports roundtrip smtp spf tlsrpt | tools.jackson..
            roundtrip | address delivery dkim mail smtp       |
            mx        | address dns                           |
            tlsrpt    |                                       |
            mtasts    | address dns https tlsrpt              |
            https     |                                       |
            dane      | dns                                   |
            tlspolicy | address dane dns https mtasts mx smtp |
            tlsreport | address delivery dkim dns https mail mtasts mx smtp tlspolicy tlsrpt | tools.jackson..
            traffic   | smtp                                  | tools.jackson..
            delivery  | address mail smtp mx tlspolicy tlsrpt traffic | tools.jackson..
            mime      |                                       |
            bounce    | delivery mime smtp                    | tools.jackson..
            landing   | authurl                               | tools.jackson..
            limit     | address event keys                    |
            mapping   | bounce event                          | tools.jackson..
            webhook   | event https                           | tools.jackson..
            outcome   | address event delivery smtp tlsrpt    | tools.jackson..
            kafka     |                                       | org.apache.kafka..
            hold      | address                               | tools.jackson..
            ledger    | event kafka                           | tools.jackson..
            suppression | address delivery keys               | tools.jackson..
            mailbox   |                                       | tools.jackson..
            returns   | address bounce delivery envelope event ledger suppression |
            topics    | event                                 | org.apache.kafka..
            replay    | address event delivery outcome ledger topics | org.apache.kafka..
            erasure   | event ledger topics                   | org.apache.kafka..
            page      |                                       |
            tracing   | address delivery mail smtp            | io.opentelemetry..
            trace     | address delivery event ledger outcome topics | tools.jackson..
            """;

    @ParameterizedTest(name = "{0} may use [{1}] and [{2}]")
    @CsvSource(delimiter = '|', textBlock = PLAN)
    void aRoomUsesOnly(String room, String rooms, String libraries) {
        String[] allowed = Stream.of(
                        Stream.of("java..", "javax..", "org.jspecify..", ROOT + "." + room + ".."),
                        words(rooms).map(r -> ROOT + "." + r + ".."),
                        words(libraries))
                .flatMap(s -> s)
                .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(ROOT + "." + room + "..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed))
                .check(CODE);
    }

    @Test
    void everyRoomIsInThePlan() throws Exception {
        Set<String> planned = PLAN.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(0, line.indexOf('|')).strip())
                .collect(Collectors.toCollection(TreeSet::new));
        planned.addAll(Set.of("camel", "config", "command"));
        try (Stream<Path> entries = Files.list(SOURCES)) {
            Set<String> rooms = entries.filter(Files::isDirectory)
                    .map(p -> p.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(rooms).isEqualTo(planned);
        }
    }

    @Test
    void onlyTheCamelRoomKnowsCamelAndJakartaMail() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".camel..", ROOT + ".config..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.camel..", "jakarta.mail..", "org.eclipse.angus..")
                .check(CODE);
    }

    @Test
    void onlyTheConfigRoomKnowsSpring() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".config..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(CODE);
    }

    @Test
    void nothingDependsOnConfigAndOnlyConfigDependsOnCamel() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT, ROOT + ".config..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".config..")
                .check(CODE);
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".camel..", ROOT + ".config..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".camel..")
                .check(CODE);
    }

    @Test
    void roomsFormNoCycle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void processorsAreFinalAndWiredByTheirConstructor() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".camel..")
                .and()
                .implement(Processor.class)
                .and()
                .areTopLevelClasses()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(CODE);
    }

    @Test
    void theClockAndTheEnvironmentComeInThroughConstructors() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT, ROOT + ".config..", ROOT + ".command..")
                .and()
                .areNotAssignableTo(SecureRandom.class)
                .should()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callConstructor(SecureRandom.class)
                .check(CODE);
    }

    @Test
    void nobodyUsesTheOldJackson() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson.databind..")
                .check(CODE);
    }

    @Test
    void everyPackageIsNullMarkedAndIntroducesItself() throws Exception {
        try (Stream<Path> entries = Files.list(SOURCES)) {
            for (Path room : entries.filter(Files::isDirectory).toList()) {
                Package known = Class.forName(ROOT + "." + room.getFileName() + ".package-info")
                        .getPackage();
                assertThat(known.isAnnotationPresent(NullMarked.class))
                        .as("%s", room)
                        .isTrue();
                assertThat(Files.readString(room.resolve("package-info.java")))
                        .as("%s", room)
                        .startsWith("/**");
            }
        }
    }

    private static Stream<String> words(String cell) {
        return cell == null ? Stream.empty() : Arrays.stream(cell.strip().split("\\s+"));
    }
}
