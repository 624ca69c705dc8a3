package dev.oriel.app.conversation.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.Item.Level;
import dev.oriel.app.conversation.notice.UsageLimitNotices;
import dev.oriel.message.Message;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The notices of events that are not part of the dialogue, by the JSON of the event.
class SystemNoticesTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static Message message(String json) throws Exception {
        return Message.parse(json.replace('\'', '"'));
    }

    private static Item.@Nullable Notice notice(String json) throws Exception {
        Message message = message(json);
        return SystemNotices.of("id", message, message.tree());
    }

    @ParameterizedTest
    @CsvSource({
        "informational, content, error,   ERROR",
        "informational, content, WARNING, WARNING",
        "informational, content, warn,    WARNING",
        "informational, content, info,    INFO",
        "oriel_notice,  text,    error,   ERROR",
        "oriel_notice,  text,    x,       INFO",
        "oriel_control, text,    error,   INFO"
    })
    void aTextForTheUserHasItsLevel(String subtype, String member, String level, Level expected)
            throws Exception {
        String json = "{'type':'system','subtype':'%s','%s':' Words. ','level':'%s'}";
        assertThat(notice(json.formatted(subtype, member, level)))
                .extracting(Item.Notice::text, Item.Notice::level)
                .containsExactly("Words.", expected);
        assertThat(notice(json.replace(" Words. ", " ").formatted(subtype, member, level)))
                .isNull();
    }

    @Test
    void whatALocalCommandPrintedIsQuietAndUnwrapped() throws Exception {
        String json = "{'type':'system','subtype':'local_command_output','content':'%s'}";
        Item.Notice printed =
                notice(
                        json.formatted(
                                "<command-name>/cost</command-name><local-command-stdout>$1\\nin 3"
                                        + " s</local-command-stdout>"));
        assertThat(printed)
                .extracting(Item.Notice::text, Item.Notice::level, Item.Notice::details)
                .containsExactly("/cost $1 …", Level.QUIET, List.of("/cost $1", "in 3 s"));
        assertThat(notice(json.formatted("<local-command-stdout></local-command-stdout>")))
                .isNull();
        assertThat(notice(json.formatted("a <b>c</b>")))
                .extracting(Item.Notice::text)
                .isEqualTo("a <b>c</b>");
    }

    @Test
    void aClearedMemoryIsNoticed() throws Exception {
        assertThat(notice("{'type':'conversation_reset','seq':7}"))
                .isEqualTo(
                        new Item.Notice(
                                "id", 7, Level.INFO, "Claude's memory was cleared", List.of()));
    }

    @Test
    void anAgentThatWasStoppedIsNoErrorAndAnotherExitIs() throws Exception {
        String exit = "{'type':'system','subtype':'oriel_agent_exited','cause':'%s'%s}";
        assertThat(notice(exit.formatted("stopped", "")))
                .extracting(Item.Notice::text, Item.Notice::level)
                .containsExactly("Claude stopped running.", Level.INFO);
        assertThat(
                        notice(
                                exit.formatted(
                                        "crashed", ",'text':'It crashed.','last_words':['a','b']")))
                .isEqualTo(new Item.Notice("id", 0, Level.ERROR, "It crashed.", List.of("a", "b")));
    }

    @Test
    void anUnknownEventMakesNoNotice() throws Exception {
        assertThat(notice("{'type':'system','subtype':'from_the_future','text':'x'}")).isNull();
        assertThat(notice("{'type':'system'}")).isNull();
    }

    private static Item.@Nullable Notice limit(UsageLimitNotices limits, String info)
            throws Exception {
        Message event = message("{'type':'rate_limit_event','rate_limit_info':{" + info + "}}");
        return limits.of("id", event.tree(), NOON);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "five_hour        | The 5-hour limit of your plan",
                "seven_day        | The weekly limit of your plan",
                "seven_day_opus   | The weekly limit of your plan for Opus",
                "seven_day_sonnet | The weekly limit of your plan for Sonnet",
                "overage          | The limit of your extra usage",
                "next_year        | The usage limit of your plan"
            })
    void aUsageLimitIsNamed(String type, String name) throws Exception {
        UsageLimitNotices limits = new UsageLimitNotices(ZoneOffset.UTC);
        assertThat(limit(limits, "'status':'rejected','rateLimitType':'" + type + "'"))
                .extracting(Item.Notice::text, Item.Notice::level)
                .containsExactly(name + " is used up.", Level.ERROR);
    }

    @Test
    void aWarningSaysHowMuchIsUsedAndWhenItResets() throws Exception {
        UsageLimitNotices limits = new UsageLimitNotices(ZoneOffset.UTC);
        String warning = "'status':'allowed_warning','rateLimitType':'five_hour'";
        assertThat(limit(limits, warning + ",'utilization':0.876,'resetsAt':1772377200"))
                .extracting(Item.Notice::text, Item.Notice::level)
                .containsExactly(
                        "88 % of the 5-hour limit of your plan is used. It resets at 15:00.",
                        Level.WARNING);
        assertThat(Objects.requireNonNull(limit(limits, warning)).text())
                .isEqualTo("The 5-hour limit of your plan is nearly used up.");
        assertThat(Objects.requireNonNull(limit(limits, warning + ",'resetsAt':1772550000")).text())
                .startsWith("The 5-hour limit of your plan is nearly used up. It resets on ");
        assertThat(
                        Objects.requireNonNull(
                                        limit(limits, warning + ",'resetsAt':9223372036854775807"))
                                .text())
                .isEqualTo("The 5-hour limit of your plan is nearly used up.");
    }

    @Test
    void extraUsageIsAWarningBecauseClaudeGoesOn() throws Exception {
        UsageLimitNotices limits = new UsageLimitNotices(ZoneOffset.UTC);
        Item.Notice notice =
                limit(
                        limits,
                        "'status':'rejected','rateLimitType':'seven_day','isUsingOverage':true");
        assertThat(notice)
                .extracting(Item.Notice::text, Item.Notice::level)
                .containsExactly(
                        "The weekly limit of your plan is used up. Extra usage is charged until"
                                + " then.",
                        Level.WARNING);
    }

    @Test
    void aLimitIsNoticedOnlyWhenItChanges() throws Exception {
        UsageLimitNotices limits = new UsageLimitNotices(ZoneOffset.UTC);
        String rejected = "'status':'rejected','rateLimitType':'five_hour'";
        assertThat(limit(limits, rejected)).isNotNull();
        assertThat(limit(limits, rejected)).isNull();
        assertThat(limit(limits, "'status':'allowed','rateLimitType':'five_hour'")).isNull();
        assertThat(limit(limits, rejected)).isNotNull();
    }
}
