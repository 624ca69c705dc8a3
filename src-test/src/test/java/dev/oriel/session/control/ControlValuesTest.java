package dev.oriel.session.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which values the members of a control request may have, up to their limits.
class ControlValuesTest {
    private static JsonNode json(String text) throws Exception {
        return Json.mapper().readTree(text.replace('\'', '"'));
    }

    private static boolean allows(ValueRule rule, String value) throws Exception {
        return rule.test().test(json(value));
    }

    private static String repeated(int count, String entry) {
        return IntStream.range(0, count)
                .mapToObj(i -> entry.replace("#", String.valueOf(i)))
                .collect(Collectors.joining(","));
    }

    @Test
    void aTextHasALimitAndIsNotBlank() throws Exception {
        ValueRule rule = ValueRule.text(5);
        assertThat(allows(rule, "'12345'")).isTrue();
        assertThat(allows(rule, "'123456'")).isFalse();
        assertThat(allows(rule, "' '")).isFalse();
        assertThat(allows(rule, "7")).isFalse();
        assertThat(rule.description()).isEqualTo("a text of 1 to 5 characters");
    }

    @Test
    void aLineHasNoControlCharacters() throws Exception {
        assertThat(allows(ValueRule.LINE, "'a title'")).isTrue();
        assertThat(allows(ValueRule.LINE, "'a\\ttitle'")).isFalse();
        assertThat(allows(ValueRule.LINE, "'" + "x".repeat(200) + "'")).isTrue();
        assertThat(allows(ValueRule.LINE, "'" + "x".repeat(201) + "'")).isFalse();
    }

    @Test
    void aCountIsAWholeNumberWithinItsLimit() throws Exception {
        ValueRule rule = ValueRule.count(9);
        for (String right : new String[] {"0", "9"}) {
            assertThat(allows(rule, right)).as(right).isTrue();
        }
        for (String wrong : new String[] {"-1", "10", "1.5", "4294967296", "'1'", "null"}) {
            assertThat(allows(rule, wrong)).as(wrong).isFalse();
        }
        assertThat(rule.description()).isEqualTo("a whole number from 0 to 9");
    }

    @Test
    void onlyARuleThatSaysSoAllowsNull() throws Exception {
        ValueRule rule = ValueRule.oneOf("low", "high");
        assertThat(allows(rule, "'low'")).isTrue();
        assertThat(allows(rule, "'other'")).isFalse();
        assertThat(allows(rule, "null")).isFalse();
        assertThat(allows(rule.orNull(), "null")).isTrue();
        assertThat(allows(rule.orNull(), "'other'")).isFalse();
        assertThat(rule.orNull().description()).isEqualTo("one of low, high or null");
    }

    @Test
    void anObjectHasNoOtherMembers() throws Exception {
        ValueRule rule = ValueRule.object(Map.of("b", ValueRule.FLAG, "a", ValueRule.FLAG));
        assertThat(allows(rule, "{}")).isTrue();
        assertThat(allows(rule, "{'a':true}")).isTrue();
        assertThat(allows(rule, "{'a':1}")).isFalse();
        assertThat(allows(rule, "{'a':true,'c':true}")).isFalse();
        assertThat(rule.description()).isEqualTo("an object of a, b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'a':{'command':'x'}}",
                "{'a':{'type':'stdio','command':'x','args':['y'],'env':{'K':'v'},'timeout':5}}",
                "{'a b.c-d_e':{'type':'sse','url':'http://e.org/x','headers':{'H':'v'}}}",
            })
    void serversThatACommandOrAnAddressReachesAreAllowed(String servers) throws Exception {
        assertThat(allows(McpServerRules.BOUND, servers)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{'':{'command':'x'}}",
                "{'-a':{'command':'x'}}",
                "{'a':'x'}",
                "{'a':[]}",
                "{'a':{}}",
                "{'a':{'command':'x','args':'y'}}",
                "{'a':{'command':'x','args':['y',1]}}",
                "{'a':{'command':'x','args':[1,'y']}}",
                "{'a':{'command':'x','env':{'K':1}}}",
                "{'a':{'command':'x','env':['K']}}",
                "{'a':{'command':'x','url':'http://e.org'}}",
                "{'a':{'type':'http','url':'http://e.org','headers':{'K':{}}}}",
                "{'a':{'type':'http','url':'http://e.org','command':'x'}}",
                "{'a':{'type':'http','url':'ftp://e.org'}}",
                "{'a':{'type':'ws','url':'http://e.org'}}",
            })
    void otherServersAreNotAllowed(String servers) throws Exception {
        assertThat(allows(McpServerRules.BOUND, servers)).isFalse();
    }

    @Test
    void theNumberOfServersIsLimited() throws Exception {
        String server = "'s#':{'command':'x'}";
        assertThat(allows(McpServerRules.BOUND, "{" + repeated(20, server) + "}")).isTrue();
        assertThat(allows(McpServerRules.BOUND, "{" + repeated(21, server) + "}")).isFalse();
    }

    private static boolean declares(String member, String value) throws Exception {
        ValueRule rule = ClientDeclaration.MEMBERS.get(member);
        assertThat(rule).isNotNull();
        return allows(rule, value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{'Stop':[]}",
                "{'Stop':[{'hookCallbackIds':['h']}]}",
                "{'Stop':[{'matcher':null,'hookCallbackIds':[]}]}",
                "{'Stop':[{'matcher':'Bash','hookCallbackIds':['h'],'timeout':0.5}]}",
                "{'Stop':[{'hookCallbackIds':['h'],'timeout':3600,'onFailure':'x'}]}",
            })
    void hooksInTheShapeOfTheCliCanBeDeclared(String hooks) throws Exception {
        assertThat(declares("hooks", hooks)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{'St op':[]}",
                "{'Stop':{}}",
                "{'Stop':['h']}",
                "{'Stop':[{}]}",
                "{'Stop':[{'hookCallbackIds':'h'}]}",
                "{'Stop':[{'hookCallbackIds':['']}]}",
                "{'Stop':[{'hookCallbackIds':[1]}]}",
                "{'Stop':[{'hookCallbackIds':['h'],'matcher':7}]}",
                "{'Stop':[{'hookCallbackIds':['h'],'timeout':0}]}",
                "{'Stop':[{'hookCallbackIds':['h'],'timeout':3601}]}",
                "{'Stop':[{'hookCallbackIds':['h'],'timeout':'5'}]}",
                "{'Stop':[{'hookCallbackIds':['h'],'command':'id'}]}",
                "{'Stop':[{'hookCallbackIds':[1]},{'hookCallbackIds':['h']}]}",
            })
    void otherHooksCannotBeDeclared(String hooks) throws Exception {
        assertThat(declares("hooks", hooks)).isFalse();
    }

    @Test
    void theNumberAndTheSizeOfHooksAreLimited() throws Exception {
        String matcher = "{'hookCallbackIds':['h']}";
        assertThat(declares("hooks", "{'Stop':[" + repeated(100, matcher) + "]}")).isTrue();
        assertThat(declares("hooks", "{'Stop':[" + repeated(101, matcher) + "]}")).isFalse();
        String ids = "{'Stop':[{'hookCallbackIds':[%s]}]}";
        assertThat(declares("hooks", ids.formatted(repeated(100, "'h'")))).isTrue();
        assertThat(declares("hooks", ids.formatted(repeated(101, "'h'")))).isFalse();
        String long1 =
                "{'Stop':[{'matcher':'" + "x".repeat(64 * 1024) + "','hookCallbackIds':[]}]}";
        assertThat(declares("hooks", long1)).isFalse();
    }

    @Test
    void namesOfServersAndDialogsCanBeDeclared() throws Exception {
        assertThat(declares("sdkMcpServers", "['board','a.b-c_1']")).isTrue();
        assertThat(declares("sdkMcpServers", "null")).isTrue();
        assertThat(declares("sdkMcpServers", "['a b']")).isFalse();
        assertThat(declares("sdkMcpServers", "['_a','b']")).isFalse();
        assertThat(declares("supportedDialogKinds", "['any text']")).isTrue();
        assertThat(declares("supportedDialogKinds", "['']")).isFalse();
        assertThat(declares("supportedDialogKinds", "{}")).isFalse();
    }

    @Test
    void otherMembersOfInitializeMustAskForNothing() throws Exception {
        for (String nothing : new String[] {"null", "false", "''", "{}", "[]", "{'a':[null]}"}) {
            assertThat(allows(ClientDeclaration.OTHERS, nothing)).as(nothing).isTrue();
        }
        for (String something : new String[] {"true", "'x'", "0", "{'a':[null,1]}", "['x','']"}) {
            assertThat(allows(ClientDeclaration.OTHERS, something)).as(something).isFalse();
        }
    }

    @Test
    void aHookHasTheTimeoutThatItsMatcherNames() throws Exception {
        ClientDeclaration declared =
                ClientDeclaration.of(
                        Json.object()
                                .set(
                                        "hooks",
                                        json(
                                                "{'Stop':[{'hookCallbackIds':['a','b'],"
                                                        + "'timeout':1.5},"
                                                        + "{'hookCallbackIds':['c']}]}")));
        Duration standard = Duration.ofSeconds(60);
        assertThat(declared.timeoutOf("b", standard)).isEqualTo(Duration.ofMillis(1_500));
        assertThat(declared.timeoutOf("c", standard)).isEqualTo(standard);
        assertThat(declared.timeoutOf("d", standard)).isEqualTo(standard);
    }
}
