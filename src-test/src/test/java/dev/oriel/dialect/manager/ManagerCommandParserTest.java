package dev.oriel.dialect.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.manager.ManagerCommand.CreateSession;
import dev.oriel.dialect.manager.ManagerCommand.EndSession;
import dev.oriel.dialect.manager.ManagerCommand.LoadMessages;
import dev.oriel.dialect.manager.ManagerCommand.PermissionResponse;
import dev.oriel.dialect.manager.ManagerCommand.Ping;
import dev.oriel.dialect.manager.ManagerCommand.SendPrompt;
import dev.oriel.message.Json;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagerCommandParserTest {
    private static final UUID ID = UUID.fromString("0f0e0d0c-0b0a-0908-0706-050403020100");

    /// @param members with `'` for `"`, and `ID` for the session's id
    private static ManagerCommand parse(String type, String members) throws Exception {
        String json = "{'type':'%s'%s}".formatted(type, members.isEmpty() ? "" : "," + members);
        return ManagerCommandParser.parse(
                (ObjectNode)
                        Json.mapper().readTree(json.replace('\'', '"').replace("ID", "" + ID)));
    }

    private static void assertRefused(String type, String members, String error) {
        assertThatThrownBy(() -> parse(type, members))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessage(error.replace("\\n", "\n"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "send_prompt|'session_id':'ID'|Failed to send prompt: 1 validation error for"
                        + " SendPromptMessage\\nprompt\\n  Field required",
                "send_prompt|'session_id':1,'prompt':2|Failed to send prompt: 2 validation errors"
                        + " for SendPromptMessage\\nsession_id\\n"
                        + "  Input should be a valid UUID\\nprompt\\n"
                        + "  Input should be a valid string",
                "send_prompt|'session_id':'ID','prompt':' '|Failed to send prompt: prompt must not"
                        + " be empty",
                "end_session|'session_id':null|Failed to end session: 1 validation error for"
                        + " EndSessionMessage\\nsession_id\\n  Input should be a valid UUID",
                "interrupt_session|'session_id':'x'|1 validation error for"
                        + " InterruptSessionMessage\\nsession_id\\n  Input should be a valid UUID",
                "permission_response|'session_id':'ID','approved':'yes'|Failed to handle permission"
                        + " response: 2 validation errors for"
                        + " PermissionResponseMessage\\nrequest_id\\n  Field"
                        + " required\\napproved\\n  Input should be a valid boolean",
                "remove_always_allow_rule|'session_id':'ID'|1 validation error for"
                        + " RemoveAlwaysAllowRuleMessage\\nrule_id\\n  Field required",
                "create_session|'options':[]|1 validation error for"
                        + " CreateSessionMessage\\noptions\\n"
                        + "  Input should be a valid dictionary",
                "create_session|'options':{'max_tokens':1.5,'temperature':'warm'}|2 validation"
                        + " errors for CreateSessionMessage\\noptions.max_tokens\\n"
                        + "  Input should be a valid integer\\noptions.temperature\\n"
                        + "  Input should be a valid number",
                "ping|'timestamp':'yesterday'|Failed to answer ping: timestamp must be an ISO 8601"
                        + " date and time",
                "dance||Unknown message type: dance",
            })
    void theErrorsOfAFrameAreReportedTogetherInTheOriginalsForm(
            String type, String members, String error) {
        assertRefused(type, members == null ? "" : members, error);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {"{}|None", "{'type':null}|None", "{'type':7}|7", "{'type':['a']}|['a']"})
    void aTypeThatIsNoTextIsShownAsTheOriginalDoes(String json, String shown) throws Exception {
        ObjectNode frame = (ObjectNode) Json.mapper().readTree(json.replace('\'', '"'));
        assertThatThrownBy(() -> ManagerCommandParser.parse(frame))
                .hasMessage("Unknown message type: " + shown.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource({
        "0F0E0D0C-0B0A-0908-0706-050403020100",
        "0f0e0d0c0b0a09080706050403020100",
    })
    void anIdMayHaveCapitalsOrNoHyphens(String text) throws Exception {
        assertThat(parse("end_session", "'session_id':'" + text + "'"))
                .isEqualTo(new EndSession(ID));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 50, 0",
        "'''limit'':1,''offset'':7', 1, 7",
        "'''limit'':1000', 1000, 0",
        "'''limit'':1001', 100, 0",
        "'''limit'':0,''offset'':-3', 100, 0",
        "'''limit'':''many''', 50, 0",
    })
    void aPageThatIsNotPossibleIsReplacedByOneThatIs(String members, int limit, int offset)
            throws Exception {
        String all = members.isEmpty() ? "'session_id':'ID'" : "'session_id':'ID'," + members;
        assertThat(parse("load_messages", all)).isEqualTo(new LoadMessages(ID, limit, offset));
    }

    @Test
    void aPromptMayHaveImages() throws Exception {
        String blocks =
                "[{'type':'text','text':'what is it?'},{'type':'image','source':"
                        + "{'type':'base64','media_type':'image/png','data':'AA=='}}]";
        var prompt = (SendPrompt) parse("send_prompt", "'session_id':'ID','content':" + blocks);
        assertThat(prompt.content()).isEqualTo(Json.mapper().readTree(blocks.replace('\'', '"')));
    }

    @Test
    void aPromptAsTextHasPriorityOverBlocks() throws Exception {
        var prompt =
                (SendPrompt)
                        parse(
                                "send_prompt",
                                "'session_id':'ID','prompt':'a','content':[{'type':'odd'}]");
        assertThat(prompt.content().textValue()).isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{'type':'text','text':' '}",
                "{'type':'thinking','thinking':'x'}",
                "{'type':'image','source':{'type':'url','url':'http://x'}}",
                "{'type':'image','source':{'type':'base64','media_type':'image/svg+xml','data':''}}",
                "{'type':'image','source':{'type':'base64','media_type':'image/png'}}",
                "'text'"
            })
    void aBlockThatTheAgentWouldFailOnIsNamedByItsIndex(String block) {
        String content = "[{'type':'text','text':'a'}," + block + "]";
        assertThatThrownBy(() -> parse("send_prompt", "'session_id':'ID','content':" + content))
                .hasMessageContaining("\ncontent.1\n  Input should be a text that is not empty");
    }

    @Test
    void aPermissionResponseMayOmitTheIdOfTheRequest() throws Exception {
        assertThat(
                        parse(
                                "permission_response",
                                "'session_id':'ID','permission_id':'','approved':true"))
                .isEqualTo(new PermissionResponse(ID, null, true, null));
        assertThat(
                        parse(
                                "permission_response",
                                "'session_id':'ID','request_id':'r','approved':false,'reason':'no'"))
                .isEqualTo(new PermissionResponse(ID, "r", false, "no"));
    }

    @Test
    void theToolsOfTheThirdGenerationAreUnknownToEarlierClients() throws Exception {
        assertRefused(
                "create_session",
                "'options':{'tools':['Read','Grep']}",
                "1 validation error for CreateSessionMessage\noptions.tools.1\n  Input should be "
                        + ManagerTool.wireNames());
        var third =
                (CreateSession)
                        parse("create_session", "'options':{'tools':['Read','Grep'],'model':'m'}");
        assertThat(third.options().tools()).containsExactly(ManagerTool.READ, ManagerTool.GREP);
        assertThat(third.options().generation()).isEqualTo(ClientGeneration.THIRD);
    }

    @Test
    void withoutOptionsASessionHasTheOriginalsDefaults() throws Exception {
        assertThat(parse("create_session", "'options':null"))
                .isEqualTo(new CreateSession(null, ManagedSessionOptions.DEFAULTS));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05Z, 2026-01-02T03:04:05+00:00",
        "2026-01-02T03:04:05.1+02:00, 2026-01-02T03:04:05.100000+02:00",
        "2026-01-02T03:04:05.123456789, 2026-01-02T03:04:05.123456",
        "2026-01-02T03:04:05, 2026-01-02T03:04:05",
    })
    void theTimeOfAPingIsReturnedInTheOriginalsForm(String given, String returned)
            throws Exception {
        assertThat(parse("ping", "'timestamp':'" + given + "'")).isEqualTo(new Ping(returned));
    }
}
