package dev.oriel;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `ARCHITECTURE.md` follows a prompt to the CLI and a delta back to the screen. Each step names a
/// method that exists, and calls the class of the next step, or is called back by it.
class MessagePathTest {
    private static final Pattern STEP =
            Pattern.compile(
                    "(?m)^\\d+\\. `(\\w+)\\.(\\w+)`(?: \\((calls back|returns|network)(?: through"
                            + " ([\\w`, ]+))?\\))?");

    /// One step of the document.
    ///
    /// @param link how the next step follows: null where this class calls the next; `calls back`
    ///   where the next class hands this one a task or a listener; `returns` where an earlier step
    ///   continues; `network` where the other side reads from the socket
    /// @param through the classes by which the next one registered its task, from it to this one
    private record Step(String type, String method, @Nullable String link, List<String> through) {}

    private static final String DOCUMENT = readDocument();

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOptions(List.of(new OnlyTheProduct(), namedBySteps()))
                    .importPackages("dev.oriel");

    private static final Map<String, JavaClass> BY_NAME =
            CLASSES.stream()
                    .filter(JavaClass::isTopLevelClass)
                    .collect(Collectors.toMap(JavaClass::getSimpleName, c -> c, (a, _) -> a));

    @ParameterizedTest
    @CsvSource({"A prompt,19", "A delta,30"})
    void eachStepLeadsToTheNext(String path, int most) {
        List<Step> steps = steps(path);
        assertThat(steps).hasSizeGreaterThan(10);
        assertThat(steps.stream().map(Step::type).distinct()).hasSizeLessThanOrEqualTo(most);
        for (Step step : steps) {
            assertThat(BY_NAME).containsKey(step.type());
            assertThat(parts(BY_NAME.get(step.type())))
                    .as("%s.%s", step.type(), step.method())
                    .anyMatch(c -> c.getMethods().stream().anyMatch(named(step.method())));
        }
        for (int i = 1; i < steps.size(); i++) {
            Step step = steps.get(i - 1);
            JavaClass from = BY_NAME.get(step.type());
            JavaClass to = BY_NAME.get(steps.get(i).type());
            if ("returns".equals(step.link())) {
                assertThat(steps.subList(0, i - 1).stream().map(Step::type))
                        .contains(to.getSimpleName());
                continue;
            }
            assertThat(leads(step, from, to))
                    .as("%s leads to %s", from.getSimpleName(), to.getSimpleName())
                    .isTrue();
        }
    }

    private static Predicate<JavaMethod> named(String name) {
        return method -> method.getName().equals(name);
    }

    private static boolean leads(Step step, JavaClass from, JavaClass to) {
        return switch (step.link()) {
            case null -> reaches(from, to);
            case "calls back" -> {
                JavaClass at = to;
                for (String each : step.through()) {
                    JavaClass next = BY_NAME.get(each);
                    if (!reaches(at, next)) {
                        yield false;
                    }
                    at = next;
                }
                yield reaches(at, from);
            }
            default -> true;
        };
    }

    /// Whether code of `from` calls `to`, or a type that `to` implements or extends.
    private static boolean reaches(JavaClass from, JavaClass to) {
        Set<JavaClass> targets =
                parts(to)
                        .flatMap(c -> Stream.concat(Stream.of(c), supertypes(c)))
                        .collect(Collectors.toSet());
        return parts(from)
                .flatMap(c -> c.getAccessesFromSelf().stream())
                .map(JavaAccess::getTargetOwner)
                .anyMatch(targets::contains);
    }

    private static Stream<JavaClass> supertypes(JavaClass type) {
        return Stream.concat(
                        type.getAllRawInterfaces().stream(), type.getAllRawSuperclasses().stream())
                .filter(c -> !c.isEquivalentTo(Object.class));
    }

    /// A class and the classes inside it.
    private static Stream<JavaClass> parts(JavaClass type) {
        return CLASSES.stream()
                .filter(c -> c.equals(type) || c.getName().startsWith(type.getName() + "$"));
    }

    /// Imports only the classes that a step names, and the classes inside them: importing all takes
    /// seconds.
    private static ImportOption namedBySteps() {
        Pattern named =
                Pattern.compile(
                        STEP.matcher(DOCUMENT)
                                .results()
                                .map(MessagePathTest::step)
                                .flatMap(s ->
                                        Stream.concat(Stream.of(s.type()), s.through().stream()))
                                .distinct()
                                .collect(Collectors.joining("|", ".*/(", ")(\\$.*)?\\.class")));
        return location -> location.matches(named);
    }

    private static List<Step> steps(String path) {
        int start = DOCUMENT.indexOf("### " + path);
        assertThat(start).as("the section \"%s\"", path).isPositive();
        int end = DOCUMENT.indexOf("\n#", start + 4);
        return STEP.matcher(DOCUMENT.substring(start, end))
                .results()
                .map(MessagePathTest::step)
                .toList();
    }

    private static String readDocument() {
        try {
            return Files.readString(Path.of("../ARCHITECTURE.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Step step(MatchResult found) {
        return new Step(found.group(1), found.group(2), found.group(3), through(found.group(4)));
    }

    private static List<String> through(@Nullable String names) {
        return names == null ? List.of() : List.of(names.replace("`", "").split(", "));
    }
}
