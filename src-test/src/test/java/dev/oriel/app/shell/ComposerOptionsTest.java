package dev.oriel.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.options.AgentModel;
import dev.oriel.app.options.ModelList;
import dev.oriel.app.session.OpenSession;
import dev.oriel.app.toast.Toasts;
import dev.oriel.client.AgentInfo;
import dev.oriel.client.ClientException;
import dev.oriel.message.Json;
import dev.oriel.testing.client.FakeServerClient;
import dev.oriel.testing.client.OpenSessions;
import dev.oriel.testing.manual.ManualScheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComposerOptionsTest {
    private final ReadOnlyObjectWrapper<PageHeader> header =
            new ReadOnlyObjectWrapper<>(PageHeader.forNewSession());
    private final NewSessionDraft draft = new NewSessionDraft();
    private final ManualScheduler delay = new ManualScheduler();
    private final Toasts toasts = new Toasts(delay);
    private final FakeServerClient client = new FakeServerClient();
    private @Nullable OpenSession session;
    private final ComposerOptions choices =
            new ComposerOptions(() -> session, header.getReadOnlyProperty(), draft, toasts, delay);

    private static AgentInfo agent(String kind, boolean preferred, boolean mayBypass) {
        return new AgentInfo(
                kind, AgentInfo.Status.READY, preferred, mayBypass, null, null, null, null);
    }

    private static PageHeader talk(String agent, PermissionMode mode) {
        return new PageHeader("Panes", "/proj", agent, null, null, mode, null, null, true);
    }

    @Test
    void bypassIsOfferedOnlyIfTheOperatorAllowsIt() {
        draft.updateAgents(List.of(agent("cli", true, false)));
        assertThat(choices.modes().get())
                .containsExactly(
                        PermissionMode.MANUAL, PermissionMode.ACCEPT_EDITS, PermissionMode.PLAN);

        draft.updateAgents(List.of(agent("cli", true, true)));
        assertThat(choices.modes().get()).endsWith(PermissionMode.BYPASS);
    }

    @Test
    void inASessionItsAgentDecidesWhatIsOffered() {
        draft.updateAgents(List.of(agent("cli", true, true), agent("demo", false, false)));
        header.set(talk("demo", PermissionMode.MANUAL));
        assertThat(choices.modes().get()).doesNotContain(PermissionMode.BYPASS);
        header.set(talk("cli", PermissionMode.MANUAL));
        assertThat(choices.modes().get()).contains(PermissionMode.BYPASS);
    }

    @Test
    void aSessionInBypassModeShowsItEvenIfItIsNotOffered() {
        draft.updateAgents(List.of(agent("cli", true, false)));
        header.set(talk("cli", PermissionMode.BYPASS));
        assertThat(choices.mode().get()).isEqualTo(PermissionMode.BYPASS);
        assertThat(choices.modes().get()).contains(PermissionMode.BYPASS);
    }

    @Test
    void theModeOfASessionIsOfferedWhateverItIs() {
        draft.updateAgents(List.of(agent("cli", true, true)));
        for (PermissionMode each : PermissionMode.values()) {
            header.set(talk("cli", each));
            assertThat(choices.modes().get()).containsOnlyOnce(each);
        }
    }

    @Test
    void aModeOfANewerAgentIsNotTakenForOneThatAsks() {
        assertThat(PermissionMode.fromWire(null)).isEqualTo(PermissionMode.MANUAL);
        assertThat(PermissionMode.fromWire("default")).isEqualTo(PermissionMode.MANUAL);
        assertThat(PermissionMode.fromWire("neverAsk")).isEqualTo(PermissionMode.OTHER);
    }

    @Test
    void aNewSessionReturnsToManualWithAnAgentThatMustAsk() {
        draft.updateAgents(List.of(agent("cli", true, true), agent("demo", false, false)));
        choices.setMode(PermissionMode.BYPASS);
        assertThat(choices.mode().get()).isEqualTo(PermissionMode.BYPASS);
        draft.chooseAgent("demo");
        assertThat(choices.mode().get()).isEqualTo(PermissionMode.MANUAL);
        assertThat(draft.toRequest().permissionMode()).isNull();
    }

    @Test
    void aModeThatIsNotOfferedIsShownByItsName() {
        assertThat(PermissionMode.fromWire("dontAsk").label()).isEqualTo("Don’t ask");
        assertThat(PermissionMode.fromWire("auto")).isEqualTo(PermissionMode.AUTO);
    }

    private void openSession(String id) {
        session = OpenSessions.open(client, id);
        header.set(talk("cli", PermissionMode.MANUAL));
    }

    private List<String> errors() {
        return toasts.all().stream().map(Toasts.Toast::text).toList();
    }

    @Test
    void inASessionAModeIsRequestedAndShownOnceTheAgentReportsIt() {
        openSession("s");
        choices.setMode(PermissionMode.PLAN);
        assertThat(client.calls()).containsExactly("control s set_permission_mode");
        assertThat(choices.mode().get()).isEqualTo(PermissionMode.MANUAL);
        assertThat(draft.mode().get()).isEqualTo(PermissionMode.MANUAL);

        header.set(talk("cli", PermissionMode.PLAN));
        assertThat(choices.mode().get()).isEqualTo(PermissionMode.PLAN);
    }

    @Test
    void aRequestThatTheAgentRefusesIsReported() {
        openSession("s");
        client.setFailure(new ClientException("invalid_mode", "This mode is not allowed."));
        choices.setMode(PermissionMode.BYPASS);
        choices.setModel("opus");
        choices.resumeQueue();
        delay.advance(Duration.ZERO);
        assertThat(errors())
                .containsExactly(
                        "The permission mode was not changed: This mode is not allowed.",
                        "The model was not changed: This mode is not allowed.",
                        "Your messages could not be sent again: This mode is not allowed.");
    }

    private static ObjectNode opusAndHaiku() {
        ObjectNode reply = Json.object();
        reply.putArray("models")
                .addObject()
                .put("value", "opus")
                .put("displayName", "Opus")
                .put("description", "The largest");
        reply.withArray("models").addObject().put("value", "haiku").put("displayName", "Haiku");
        return reply;
    }

    private List<String> offered() {
        return choices.models().get().models().stream().map(AgentModel::value).toList();
    }

    @Test
    void aNewSessionKeepsItsChoicesForTheRequestThatCreatesIt() {
        choices.setModel("opus");
        choices.setEffort("high");
        choices.loadModels();
        choices.resumeQueue();
        assertThat(client.calls()).isEmpty();
        assertThat(choices.models().get()).isEqualTo(ModelList.NONE);
        assertThat(choices.model().get()).isEqualTo("opus");
        assertThat(choices.effort().get()).isEqualTo("high");
        assertThat(draft.toRequest().model()).isEqualTo("opus");
        assertThat(draft.toRequest().effort()).isEqualTo("high");

        choices.setModel(AgentModel.DEFAULT);
        choices.setEffort(null);
        assertThat(draft.toRequest().model()).isNull();
        assertThat(draft.toRequest().effort()).isNull();
    }

    @Test
    void theModelsAreAskedForOnceForEachPage() {
        client.setControlReply(CompletableFuture.completedFuture(opusAndHaiku()));
        openSession("s");
        choices.loadModels();
        assertThat(choices.models().get().state()).isEqualTo(ModelList.State.ASKED);
        delay.advance(Duration.ZERO);
        choices.loadModels();
        assertThat(client.calls()).containsExactly("control s initialize");
        assertThat(choices.models().get().state()).isEqualTo(ModelList.State.KNOWN);
        assertThat(offered()).containsExactly("opus", "haiku");

        choices.clear();
        assertThat(offered()).containsExactly("opus", "haiku");
        openSession("t");
        choices.loadModels();
        assertThat(client.calls()).contains("control t initialize");
    }

    @Test
    void modelsOfASessionThatIsNoLongerOpenAreDropped() {
        CompletableFuture<ObjectNode> reply = new CompletableFuture<>();
        client.setControlReply(reply);
        openSession("s");
        choices.loadModels();
        choices.clear();
        openSession("t");
        reply.complete(opusAndHaiku());
        delay.advance(Duration.ZERO);
        assertThat(offered()).isEmpty();
        assertThat(choices.models().get().state()).isEqualTo(ModelList.State.NOT_ASKED);
    }

    @Test
    void anAgentThatDoesNotTellItsModelsIsAskedAgain() {
        openSession("s");
        client.setFailure(new ClientException("unavailable", "All agents are busy."));
        choices.loadModels();
        delay.advance(Duration.ZERO);
        assertThat(choices.models().get().state()).isEqualTo(ModelList.State.FAILED);
        assertThat(choices.models().get().problem()).isEqualTo("All agents are busy.");
        choices.loadModels();
        assertThat(client.calls()).containsExactly("control s initialize", "control s initialize");
    }

    @Test
    void effortAndThinkingAreRequestedAndShownOnceTheServerReportsThem() {
        openSession("s");
        choices.setEffort("max");
        choices.setThinkingTokens(4_000);
        assertThat(client.calls())
                .containsExactly(
                        "control s apply_flag_settings", "control s set_max_thinking_tokens");
        assertThat(choices.effort().get()).isNull();
        header.set(
                new PageHeader(
                        "T", "/w", "cli", null, "opus", PermissionMode.MANUAL, "max", 4_000, true));
        assertThat(choices.effort().get()).isEqualTo("max");
        assertThat(choices.thinkingTokens().get()).isEqualTo(4_000);
        assertThat(draft.effort().get()).isNull();
    }

    @Test
    void theDemoHasNoModel() {
        draft.updateAgents(List.of(agent("cli", true, false), agent("demo", false, false)));
        assertThat(choices.hasModel().get()).isTrue();
        header.set(talk("demo", PermissionMode.MANUAL));
        assertThat(choices.hasModel().get()).isFalse();
    }
}
