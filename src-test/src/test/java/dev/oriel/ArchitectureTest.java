package dev.oriel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.channels.Channel;
import java.nio.file.Files;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.scene.control.Cell;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListCell;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.text.Text;

/// Which package may depend on which. `ARCHITECTURE.md` gives the reasons.
@AnalyzeClasses(packages = "dev.oriel", importOptions = OnlyTheProduct.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule layersOfTheServerDependOneWay =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("message")
                    .definedBy("dev.oriel.message..")
                    .layer("client")
                    .definedBy("dev.oriel.client..")
                    .layer("agent")
                    .definedBy("dev.oriel.agent..")
                    .layer("journal")
                    .definedBy("dev.oriel.journal..")
                    .layer("session")
                    .definedBy("dev.oriel.session..")
                    .layer("dialect")
                    .definedBy("dev.oriel.dialect..")
                    .layer("gateway")
                    .definedBy("dev.oriel.gateway..")
                    .layer("serve")
                    .definedBy("dev.oriel.serve..")
                    .whereLayer("client")
                    .mayOnlyBeAccessedByLayers("serve")
                    .whereLayer("client")
                    .mayOnlyAccessLayers("message")
                    .whereLayer("serve")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("gateway")
                    .mayOnlyBeAccessedByLayers("serve")
                    .whereLayer("dialect")
                    .mayOnlyBeAccessedByLayers("gateway", "serve")
                    .whereLayer("session")
                    .mayOnlyBeAccessedByLayers("dialect", "gateway", "serve")
                    .whereLayer("journal")
                    .mayOnlyBeAccessedByLayers("session", "dialect", "gateway", "serve")
                    .whereLayer("agent")
                    .mayOnlyBeAccessedByLayers("session", "dialect", "gateway", "serve");

    @ArchTest
    static final ArchRule messagesUseNoInputOutputOrThreads =
            noClasses()
                    .that()
                    .resideInAPackage("dev.oriel.message..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "java.nio.file..",
                            "java.net..",
                            "java.util.concurrent..",
                            "java.time..")
                    .because("messages are values: no files, no network, no clock, no threads");

    @ArchTest
    static final ArchRule protocolsOfTheClientArePure =
            noClasses()
                    .that()
                    .implement("dev.oriel.client.compat.protocol.ProtocolAdapter")
                    .or()
                    .haveSimpleNameStartingWith("ManagerTurn")
                    .or()
                    .haveSimpleNameStartingWith("ManagerState")
                    .or()
                    .haveSimpleNameStartingWith("PartialLine")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.util.concurrent..", "java.net.http..", "java.time..")
                    .orShould()
                    .dependOnClassesThat()
                    .haveSimpleNameContaining("ClientLane")
                    .because("reducers know no socket, no clock and no thread");

    @ArchTest
    static final ArchRule theClientsLaneNeitherTouchesTheDiskNorWaits =
            noClasses()
                    .that()
                    .resideInAPackage("dev.oriel.client..")
                    .and()
                    .resideOutsideOfPackage("dev.oriel.client.transport..")
                    .should()
                    .accessTargetWhere(
                            DescribedPredicate.describe(
                                    "the target touches the disk or waits",
                                    ArchitectureTest::blocks))
                    .because("a listener that needs time reports it with SessionListener.ready()");

    @ArchTest
    static final ArchRule noPackageDependsOnItselfThroughOthers =
            slices().matching("dev.oriel.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheGatewayUsesJavaWebSocket =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.oriel.gateway..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.java_websocket..");

    @ArchTest
    static final ArchRule theGatewayMeasuresTimeWithTheMonotonicClock =
            noClasses()
                    .that()
                    .resideInAPackage("dev.oriel.gateway..")
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .because("the wall clock can be changed");

    @ArchTest
    static final ArchRule onlyTheJournalUsesTheDatabase =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.oriel.journal..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.sql..", "org.sqlite..");

    @ArchTest
    static final ArchRule onlyAgentMcpUsesTheMcpLibrary =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("dev.oriel.agent.mcp..", "dev.oriel.agent.api.mcp..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.modelcontextprotocol..", "reactor..", "com.networknt..");

    @ArchTest
    static final ArchRule onlyAgentApiWireUsesTheSdk =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.oriel.agent.api.wire..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("com.anthropic..", "kotlin..", "io.opentelemetry..");

    @ArchTest
    static final ArchRule onlyTheAppUsesJavaFx =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.oriel.app..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("javafx..");

    @ArchTest
    static final ArchRule dialectsUseNoSockets =
            noClasses()
                    .that()
                    .resideInAPackage("dev.oriel.dialect..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.net..", "java.nio.channels..");

    @ArchTest
    static final ArchRule onlyAppFxCallsRunLater =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.oriel.app.fx..")
                    .should()
                    .accessTargetWhere(
                            new DescribedPredicate<>("the target is Platform.runLater") {
                                @Override
                                public boolean test(JavaAccess<?> access) {
                                    return access.getTarget().getName().equals("runLater")
                                            && access.getTargetOwner()
                                                    .isEquivalentTo(Platform.class);
                                }
                            });

    @ArchTest
    static final ArchRule onlyControlsCreatesControlsThatShowText =
            noClasses()
                    .that()
                    .resideInAPackage("dev.oriel.app..")
                    .and()
                    .resideOutsideOfPackage("dev.oriel.app.controls..")
                    .should()
                    .accessTargetWhere(
                            new DescribedPredicate<>(
                                    "it creates or fills a control that shows text") {
                                @Override
                                public boolean test(JavaAccess<?> access) {
                                    return createsOrFills(access);
                                }
                            })
                    .because(
                            "text from elsewhere must be well-formed and must not contain a"
                                    + " mnemonic: use dev.oriel.app.controls.Controls");

    private static boolean createsOrFills(JavaAccess<?> access) {
        JavaClass target = access.getTargetOwner();
        boolean shows =
                Stream.of(Labeled.class, MenuItem.class, Tooltip.class)
                        .anyMatch(target::isAssignableTo);
        boolean ours = target.getPackageName().startsWith("dev.oriel");
        return switch (access.getTarget().getName()) {
            // A subclass of ours may call its own superclass.
            case "<init>" ->
                    (shows || target.isEquivalentTo(Text.class))
                            && !ours
                            && !target.isAssignableTo(Cell.class)
                            && !target.isAssignableTo(SeparatorMenuItem.class)
                            && !access.getOriginOwner().isAssignableTo(target.getName());
            case "setText" ->
                    shows
                            && !(access instanceof JavaMethodCall call
                                    && call.getOriginOwner().isAssignableTo(ListCell.class));
            case "setMnemonicParsing" -> true;
            default -> false;
        };
    }

    @ArchTest
    static final ArchRule viewsDoNotUseTheClient =
            noClasses()
                    .that()
                    .resideInAPackage("dev.oriel.app..")
                    .and()
                    .haveSimpleNameEndingWith("View")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("dev.oriel.client..", "dev.oriel.app.client..");

    @ArchTest
    static final ArchRule viewModelsDoNotUseTheScene =
            noClasses()
                    .that()
                    .resideInAPackage("dev.oriel.app..")
                    .and()
                    .haveSimpleNameEndingWith("Model")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("javafx.scene..");

    /// Classes of the window that may touch the disk or wait, because they do so on other threads.
    private static final Set<String> MAY_BLOCK =
            Set.of(
                    "AppThreads",
                    "AtomicFile",
                    "AttachmentStore",
                    "BackgroundStartup",
                    "BuildInfo",
                    "DraftStore",
                    "EmojiFont",
                    "FolderPaths",
                    "GrammarLibrary",
                    "HostedServer",
                    "LocalFiles",
                    "LoginItems",
                    "MediaFiles",
                    "RegCommand",
                    "SingleInstance",
                    "SystemBrowser");

    @ArchTest
    static final ArchRule theJavaFxThreadNeitherTouchesTheDiskNorWaits =
            noClasses()
                    .that()
                    .resideInAPackage("dev.oriel.app..")
                    .and(
                            DescribedPredicate.describe(
                                    "may run on the JavaFX thread",
                                    c -> !MAY_BLOCK.contains(c.getSimpleName())))
                    .should()
                    .accessTargetWhere(
                            DescribedPredicate.describe(
                                    "the target touches the disk or waits",
                                    ArchitectureTest::blocks))
                    .because("the window must stay responsive whatever the disk does");

    private static boolean blocks(JavaAccess<?> access) {
        JavaClass target = access.getTargetOwner();
        return switch (access.getTarget().getName()) {
            case "join" ->
                    target.isAssignableTo(Future.class) || target.isAssignableTo(Thread.class);
            case "get" -> target.isAssignableTo(Future.class);
            case "sleep" -> target.isAssignableTo(Thread.class);
            case "acquire", "acquireUninterruptibly" -> target.isAssignableTo(Semaphore.class);
            case "await", "awaitTermination", "invokeAll", "invokeAny", "wait", "waitFor" -> true;
            case "start" -> target.isAssignableTo(ProcessBuilder.class);
            default ->
                    target.isAssignableTo(Files.class)
                            || target.isAssignableTo(Channel.class)
                            || (target.isAssignableTo(InputStream.class)
                                    && !target.isAssignableTo(ByteArrayInputStream.class));
        };
    }

    @ArchTest
    static final ArchRule onlyKeyStoresAndTheNotifierCallNativeFunctions =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.oriel.account.system")
                    .and()
                    .doNotHaveSimpleName("SystemdNotifier")
                    .should()
                    .dependOnClassesThat()
                    .haveNameMatching("java\\.lang\\.foreign\\.(Linker|SymbolLookup)")
                    .because("a mistake in a native call ends the process");

    @ArchTest
    static final ArchRule onlyTheAppPackageUsesTheWiring =
            classes()
                    .that()
                    .haveSimpleName("Wiring")
                    .should()
                    .onlyBeAccessed()
                    .byAnyPackage("dev.oriel.app");

    @ArchTest
    static final ArchRule noNameHasAMeaninglessSuffix =
            noClasses()
                    .should()
                    .haveNameMatching(".*(Manager|Helper|Util|Utils|Impl)")
                    .because("such a name does not say what the class does");
}
