package dev.oriel.dialect.enhanced;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.oriel.message.Json;
import dev.oriel.session.api.BadRequestException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryOptionsTest {
    private static final QueryOptions NONE =
            new QueryOptions(List.of(), null, null, null, null, false, null);

    private static QueryOptions parse(String json) throws Exception {
        return QueryOptions.parse(Json.mapper().readTree(json), false);
    }

    @Test
    void everyMemberIsRead() throws Exception {
        UUID conversation = UUID.randomUUID();
        QueryOptions options =
                parse(
                        """
                        {"allowed_tools":["Read"],"permission_mode":"plan","model":"m","cwd":"/tmp/x",
                         "max_thinking_tokens":0,"continue_conversation":true,"resume":"%s"}
                        """
                                .formatted(conversation));
        assertThat(options)
                .isEqualTo(
                        new QueryOptions(
                                List.of("Read"),
                                "plan",
                                0,
                                "m",
                                Path.of("/tmp/x"),
                                true,
                                conversation));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{\"model\":null,\"allowed_tools\":null,\"continue_conversation\":null}",
                "{\"model\":\"\",\"cwd\":\" \",\"resume\":\"\",\"permission_mode\":\"\"}",
                "{\"of_a_later_version\":[1]}"
            })
    void absentNullEmptyAndUnknownMembersHaveNoEffect(String json) throws Exception {
        assertThat(parse(json)).isEqualTo(NONE);
    }

    @Test
    void aFrameMayHaveNoOptions() throws Exception {
        assertThat(QueryOptions.parse(MissingNode.getInstance(), false)).isEqualTo(NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|options must be an object",
                "{\"model\":1}|options.model must be a string",
                "{\"allowed_tools\":\"Read\"}|options.allowed_tools must be an array of strings",
                "{\"allowed_tools\":[\"Read\",1]}|options.allowed_tools must be an array of"
                        + " strings",
                "{\"allowed_tools\":[\"\"]}|options.allowed_tools must be an array of strings",
                "{\"max_thinking_tokens\":-1}|options.max_thinking_tokens must be a whole number"
                        + " from 0",
                "{\"max_thinking_tokens\":1.5}|options.max_thinking_tokens must be a whole number"
                        + " from 0",
                "{\"continue_conversation\":\"true\"}|options.continue_conversation must be true or"
                        + " false",
                "{\"cwd\":\"a\\u0000b\"}|options.cwd is not a path",
                "{\"resume\":\"latest\"}|options.resume must be the UUID of a conversation"
            })
    void aMemberOfTheWrongTypeIsNamed(String json, String error) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(BadRequestException.class)
                .hasMessage(error);
    }

    @Test
    void aModeWithoutAsksNeedsTheOperatorsConsent() throws Exception {
        var bypass = Json.mapper().readTree("{\"permission_mode\":\"bypassPermissions\"}");
        assertThatThrownBy(() -> QueryOptions.parse(bypass, false))
                .isInstanceOf(BadRequestException.class);
        assertThat(QueryOptions.parse(bypass, true).permissionMode())
                .isEqualTo("bypassPermissions");
    }

    @Test
    void theServersModeHoldsOnlyIfTheClientChoosesNone() throws Exception {
        assertThat(parse("{}").settings("default").permissionMode()).isEqualTo("default");
        assertThat(parse("{\"permission_mode\":\"plan\"}").settings("default").permissionMode())
                .isEqualTo("plan");
    }
}
