package dev.oriel.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.HistoryPage;
import dev.oriel.client.ServerClient;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PromptHistoryTest {
    /// The messages on the server; the first one has seq 1.
    private final List<String> journal = new ArrayList<>();

    private final ServerClient remote =
            (ServerClient)
                    Proxy.newProxyInstance(
                            ServerClient.class.getClassLoader(),
                            new Class<?>[] {ServerClient.class},
                            (_, method, args) -> {
                                assertThat(method.getName()).isEqualTo("messagesBefore");
                                return before((Long) args[1], (Integer) args[2]);
                            });

    private final PromptHistory prompts = new PromptHistory("s", remote, Runnable::run);

    private CompletableFuture<HistoryPage> before(long seq, int limit)
            throws MalformedMessageException {
        int to = (int) Math.min(seq - 1, journal.size());
        int from = Math.max(0, to - limit);
        List<Message> page = new ArrayList<>();
        for (int i = from; i < to; i++) {
            page.add(Message.parse("{\"seq\":" + (i + 1) + "," + journal.get(i)));
        }
        return CompletableFuture.completedFuture(new HistoryPage(page, from > 0));
    }

    private static String user(String text) {
        return "\"type\":\"user\",\"uuid\":\"u\",\"message\":{\"role\":\"user\",\"content\":\""
                + text
                + "\"},\"parent_tool_use_id\":null}";
    }

    private static String assistant(String text) {
        return "\"type\":\"assistant\",\"session_id\":\"a\",\"message\":{\"content\":[{\"type\":\"text\",\"text\":\""
                + text
                + "\"}]}}";
    }

    private void fill() {
        journal.add(user("oldest"));
        journal.add(user("old"));
        for (int i = 0; i < 450; i++) {
            journal.add(assistant("said " + i));
        }
        journal.add(user("last"));
        journal.add(
                "\"type\":\"user\",\"session_id\":\"a\",\"message\":{\"role\":\"user\","
                        + "\"content\":[{\"type\":\"text\",\"text\":\"[Request"
                        + " interrupted by user]\"}]}}");
        journal.add(assistant("the answer"));
    }

    @Test
    void onlyPromptsOfTheUserAreInTheHistory() throws Exception {
        fill();
        prompts.add(before(Long.MAX_VALUE, ConversationCache.PAGE_SIZE).join());
        assertThat(prompts.all()).containsExactly("last");
    }

    @Test
    void olderPromptsAreFoundBeforeALongTurn() {
        fill();
        prompts.startAfter(journal.size());
        assertThat(prompts.all()).isEmpty();
        assertThat(prompts.loadOlder().join()).isTrue();
        assertThat(prompts.all()).containsExactly("last");
        assertThat(prompts.loadOlder().join()).isTrue();
        assertThat(prompts.all()).containsExactly("oldest", "old", "last");
        assertThat(prompts.loadOlder().join()).isFalse();
    }

    @Test
    void aPromptThatLooksLikeAnInterruptionIsInTheHistory() throws Exception {
        prompts.add(Message.parse("{" + user("[Request interrupted by user: why?")));
        assertThat(prompts.all()).containsExactly("[Request interrupted by user: why?");
    }

    @Test
    void aPageThatArrivesAfterItsNextPromptWasDroppedIsNotAdded() throws Exception {
        fill();
        List<Runnable> fx = new ArrayList<>();
        PromptHistory later = new PromptHistory("s", remote, fx::add);
        later.startAfter(journal.size());
        CompletableFuture<Boolean> loading = later.loadOlder();
        for (int i = 0; i < 51; i++) {
            later.add(Message.parse("{" + user("new " + i)));
        }
        while (!fx.isEmpty()) {
            fx.removeFirst().run();
        }
        assertThat(loading.join()).isFalse();
        assertThat(later.all()).hasSize(50).startsWith("new 1");
        assertThat(later.loadOlder().join()).isFalse();
    }
}
