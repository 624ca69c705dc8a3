package dev.oriel.app.conversation.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.message.Message;
import dev.oriel.testing.data.SampleFrames;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A conversation that is loaded in pages looks as if it had been loaded at once, wherever the
/// pages are cut.
class PageBoundaryTest {
    private static final String WARNING =
            """
            {"type":"rate_limit_event","rate_limit_info":{"status":"allowed_warning",
            "rateLimitType":"five_hour","utilization":0.9,"resetsAt":1795000000}}
            """;

    private static void error(SampleFrames f, String text) {
        f.journaled(
                """
                {"type":"assistant","error":"rate_limit","is_api_error_message":true,
                "api_error_status":429,"message":{"id":"e","model":"<synthetic>",
                "content":[{"type":"text","text":"%s"}]}}
                """
                        .formatted(text));
    }

    private static void failure(SampleFrames f, String text) {
        f.journaled(
                """
                {"type":"result","subtype":"success","is_error":true,"api_error_status":429,
                "terminal_reason":"api_error","num_turns":1,"result":"%s"}
                """
                        .formatted(text));
    }

    private static void retry(SampleFrames f, int attempt) {
        f.journaled(
                """
                {"type":"system","subtype":"api_retry","attempt":%d,"max_retries":10,
                "retry_delay_ms":562,"error_status":529,"error":"overloaded"}
                """
                        .formatted(attempt));
    }

    private static void ofAgent(SampleFrames f, String more, String text) {
        f.journaled(
                """
                {"type":"user","session_id":"s",%s"message":{"role":"user","content":"%s"}}
                """
                        .formatted(more, text));
    }

    /// What happens in a conversation.
    enum Story {
        ERROR_OF_THE_API(f -> {
            f.prompt("One");
            error(f, "API Error: 429");
            failure(f, "API Error: 429");
        }),
        ERROR_AND_NEXT_PROMPT(f -> {
            f.prompt("One").text("m", "First this.");
            error(f, "API Error: 429");
            failure(f, "API Error: 429");
            f.prompt("Two").text("n", "Well.").result(10);
        }),
        LIMIT_OF_TURNS(f ->
                f.prompt("One")
                        .text("m", "First this.")
                        .journaled(
                                """
                                {"type":"result","subtype":"error_max_turns","is_error":true,
                                "errors":["Reached maximum number of turns (1)"]}
                                """)),
        RETRIES(f -> {
            f.prompt("One");
            retry(f, 1);
            retry(f, 2);
            retry(f, 3);
            f.text("m", "At last.");
            retry(f, 1);
            retry(f, 2);
            f.text("n", "Again.").result(10).prompt("Two");
        }),
        RETRIES_IN_VAIN(f -> {
            f.prompt("One");
            retry(f, 1);
            retry(f, 2);
            error(f, "API Error: 529");
            failure(f, "API Error: 529");
        }),
        RETRIES_UNDER_WAY(f -> {
            f.prompt("One");
            retry(f, 1);
            retry(f, 2);
        }),
        LIMITS(f ->
                f.journaled(WARNING)
                        .prompt("One")
                        .journaled(WARNING)
                        .text("m", "Yes.")
                        .journaled(WARNING)
                        .journaled(WARNING.replace("allowed_warning", "rejected"))
                        .journaled(WARNING.replace("allowed_warning", "rejected"))
                        .result(10)),
        COMPACTION(f -> {
            f.prompt("Before");
            ofAgent(
                    f,
                    "\"isReplay\":true,",
                    "<local-command-stdout>42 files</local-command-stdout>");
            f.text("m", "Yes.").result(10).prompt("/compact");
            f.journaled(
                    """
                    {"type":"system","subtype":"compact_boundary",
                    "compact_metadata":{"trigger":"manual","pre_tokens":9000,"post_tokens":700}}
                    """);
            ofAgent(f, "\"isSynthetic\":true,", "This session continues. They counted files.");
            ofAgent(
                    f,
                    "\"isReplay\":true,",
                    "<local-command-stdout>42 files</local-command-stdout>");
            f.result(10).prompt("After").text("n", "Yes.").result(10);
        }),
        A_HOOK_BLOCKS(f ->
                f.prompt("One")
                        .journaled(
                                """
                                {"type":"system","subtype":"hook_response","hook_name":"Guard",
                                "hook_event":"UserPromptSubmit","exit_code":2,"outcome":"error",
                                "stdout":"","stderr":"No secrets","output":"No secrets"}
                                """)
                        .journaled(
                                """
                                {"type":"system","subtype":"informational","level":"warning",
                                "content":"Prompt blocked by hook","prevent_continuation":true}
                                """)
                        .result(10)),
        INTERRUPTION(f -> {
            f.prompt("One").text("m", "First");
            ofAgent(f, "", "[Request interrupted by user]");
            f.journaled(
                    """
                    {"type":"result","subtype":"error_during_execution","is_error":true,
                    "num_turns":1,"errors":["x"]}
                    """);
            f.prompt("Two").text("n", "Yes.").result(10);
        }),
        THE_AGENT_CRASHES(f -> {
            f.prompt("One");
            f.journaled(
                    """
                    {"type":"system","subtype":"oriel_agent_exited","cause":"crashed","code":137,
                    "text":"Claude crashed.","last_words":["Killed"]}
                    """);
            f.prompt("Two").text("n", "Yes.").result(10);
        }),
        A_TOOL(f ->
                f.prompt("One")
                        .toolUse("m", "t1", "Bash", "{\"command\":\"ls\"}")
                        .toolResult("t1", "a\nb", false)
                        .text("n", "Two files.")
                        .result(10));

        @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
        private final Consumer<SampleFrames> told;

        Story(Consumer<SampleFrames> told) {
            this.told = told;
        }

        List<Message> messages() {
            SampleFrames frames = new SampleFrames();
            told.accept(frames);
            return frames.take();
        }
    }

    private static Timeline part(List<Message> messages) {
        Timeline timeline = new Timeline(new StreamedAnswer(), new UnsentItems());
        timeline.append(messages);
        timeline.flushStreamed();
        return timeline;
    }

    /// Costs are differences of floating-point numbers, and rounded.
    private static List<Item> items(Timeline timeline) {
        timeline.markStart();
        return timeline.items().stream()
                .map(i ->
                        i instanceof Item.TurnEnd e && e.costUsd() != null
                                ? new Item.TurnEnd(
                                        e.id(),
                                        e.seq(),
                                        e.outcome(),
                                        e.took(),
                                        e.tokensIn(),
                                        e.tokensOut(),
                                        Math.round(e.costUsd() * 1e6) / 1e6)
                                : i)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void itDoesNotMatterWhereAConversationIsCut(Story story) {
        List<Message> all = story.messages();
        List<Item> whole = items(part(all));
        for (int cut = 1; cut < all.size(); cut++) {
            Timeline two = part(all.subList(cut, all.size()));
            two.prepend(part(all.subList(0, cut)));
            assertThat(items(two)).as("cut at %d", cut).isEqualTo(whole);
            for (int next = cut + 1; next < all.size(); next++) {
                Timeline three = part(all.subList(next, all.size()));
                three.prepend(part(all.subList(cut, next)));
                three.prepend(part(all.subList(0, cut)));
                assertThat(items(three)).as("cut at %d and %d", cut, next).isEqualTo(whole);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheLastNoticeOffersCanBeDoneAfterPagesWereJoined(Story story) {
        List<Message> all = story.messages();
        Timeline whole = part(all);
        for (int cut = 1; cut < all.size(); cut++) {
            Timeline two = part(all.subList(cut, all.size()));
            two.prepend(part(all.subList(0, cut)));
            for (Item item : whole.items()) {
                if (item instanceof Item.Notice notice && !notice.steps().isEmpty()) {
                    assertThat(two.take(notice.steps().getFirst()))
                            .as("cut at %d", cut)
                            .isNotEmpty();
                }
            }
        }
    }
}
