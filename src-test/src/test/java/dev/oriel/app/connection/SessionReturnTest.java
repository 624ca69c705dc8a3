package dev.oriel.app.connection;

import static dev.oriel.testing.client.FakeServerClient.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.rewind.PromptPoint;
import dev.oriel.app.shell.WindowPage;
import dev.oriel.client.HistoryPage;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.testing.client.FakeServerClient;
import dev.oriel.testing.media.SampleImages;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionReturnTest {
    private static final PromptPoint POINT = new PromptPoint(7, "u-7", "Paint it green", false);

    @TempDir Path folder;
    private final FakeServerClient client = new FakeServerClient();
    private ConnectedModels models;

    @BeforeEach
    void connect() {
        models = new ConnectedModels(folder);
        models.connect(client);
        client.feed().onSessions(List.of(session("a"), session("b")));
        models.navigator.open("a");
    }

    @AfterEach
    void close() {
        models.close();
    }

    private SessionReturn toOpenSession() {
        return new SessionReturn(
                Objects.requireNonNull(models.shell.openSession()),
                Objects.requireNonNull(models.shell.conversation().get()),
                models.navigator,
                models.composer,
                Runnable::run);
    }

    @Test
    void itReturnsInItsOwnSessionThoughAnotherOneIsOpenByThen() {
        SessionReturn back = toOpenSession();
        models.navigator.open("b");

        back.edit(back.rewind(7).join(), POINT);

        assertThat(client.calls()).contains("rewind a before 7");
        assertThat(models.composer.text().get()).isEmpty();
        models.navigator.open("a");
        assertThat(models.composer.text().get()).isEqualTo("Paint it green");
    }

    @Test
    void aForkOpensWithThePromptAndTheDraftOfTheOtherSessionStays() {
        models.composer.text().set("half a draft");
        SessionReturn back = toOpenSession();

        back.edit(back.fork(7).join(), POINT);

        assertThat(client.calls()).contains("fork a before 7");
        assertThat(models.shell.page().get()).isEqualTo(new WindowPage.Conversation("fork of a"));
        assertThat(models.composer.text().get()).isEqualTo("Paint it green");
        models.navigator.open("a");
        assertThat(models.composer.text().get()).isEqualTo("half a draft");
    }

    @Test
    void aForkOnAServerThatWasLeftIsNotOpened() {
        SessionReturn back = toOpenSession();
        models.connect(new FakeServerClient());

        back.fork(7).join();

        assertThat(models.shell.page().get()).isInstanceOf(WindowPage.NewSession.class);
        assertThat(models.sessions.find("fork of a")).isNull();
    }

    @Test
    void thePromptComesBackWithItsAttachmentsBeforeTheDraft() {
        ArrayNode content = Json.mapper().createArrayNode();
        ObjectNode image = content.addObject().put("type", "image");
        image.putObject("source")
                .put("type", "base64")
                .put("media_type", "image/png")
                .put("data", SampleImages.base64(SampleImages.png(4, 4)));
        content.addObject().put("type", "text").put("text", "Paint it like this");
        Message prompt = UserMessages.prompt(UUID.randomUUID(), content);
        ObjectNode stored = Json.object().put("seq", 7);
        stored.setAll((ObjectNode) prompt.tree());
        client.setLatest(
                CompletableFuture.completedFuture(
                        new HistoryPage(List.of(Message.of(stored)), true)));
        models.composer.text().set("half a draft");
        SessionReturn back = toOpenSession();

        back.edit(back.rewind(7).join(), new PromptPoint(7, "u-7", "Paint it like this", true));

        assertThat(models.composer.text().get()).isEqualTo("Paint it like this\n\nhalf a draft");
        assertThat(models.composer.attachments().attachments()).hasSize(1);
    }

    @Test
    void withoutItsMessageTheTextOfThePromptComesBack() {
        client.setLatest(CompletableFuture.failedFuture(new IllegalStateException("no answer")));
        SessionReturn back = toOpenSession();

        back.edit(back.rewind(7).join(), new PromptPoint(7, "u-7", "Paint it like this", true));

        assertThat(models.composer.text().get()).isEqualTo("Paint it like this");
    }
}
