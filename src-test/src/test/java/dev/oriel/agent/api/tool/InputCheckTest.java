package dev.oriel.agent.api.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.InputCheck.Result;
import dev.oriel.message.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Inputs of tool calls and what is wrong with them.
class InputCheckTest {
    private static final String SCHEMA =
            """
            {'type':'object','additionalProperties':false,'required':['p'],'properties':{
              'p':{'type':'string','minLength':1},
              'n':{'type':'integer','minimum':1,'maximum':9},
              'all':{'type':'boolean','default':false},
              'mode':{'type':'string','enum':['a','b']},
              'xs':{'type':'array','minItems':1,'maxItems':2,'items':{'type':'object',
                'required':['name'],'properties':{'name':{'type':'string'}}}}}}
            """;

    private static final String FAULTS =
            """
            {} | The required parameter `p` is missing
            {'p':1} | The parameter `p` type is expected as `string` but provided as `number`
            {'p':null} | The parameter `p` type is expected as `string` but provided as `null`
            {'p':''} | The parameter `p` is too short
            {'p':'x','zz':1} | An unexpected parameter `zz` was provided
            {'p':'x','n':0} | The parameter `n` must be at least 1
            {'p':'x','n':10} | The parameter `n` must be at most 9
            {'p':'x','n':1.5} | The parameter `n` type is expected as `integer` but provided as `number`
            {'p':'x','n':'one'} | The parameter `n` type is expected as `integer` but provided as `string`
            {'p':'x','n':1e999} | The parameter `n` type is expected as `integer` but provided as `number`
            {'p':'x','mode':'c'} | The parameter `mode` must be one of ["a","b"]
            {'p':'x','xs':[]} | The parameter `xs` must have at least 1 items
            {'p':'x','xs':[{},{},{}]} | The parameter `xs` must have at most 2 items
            {'p':'x','xs':[{}]} | The required parameter `xs[0].name` is missing
            {'p':'x','xs':['y']} | The parameter `xs[0]` type is expected as `object` but provided as `string`
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = FAULTS)
    void aFaultIsNamed(String input, String fault) {
        assertThat(check(input))
                .isEqualTo(
                        new Result.Invalid(
                                "InputValidationError: Tool failed due to the following issue:\n"
                                        + fault));
    }

    @Test
    void severalFaultsAreListed() {
        assertThat(check("{'a':1,'b':2}"))
                .isEqualTo(
                        new Result.Invalid(
                                """
                                InputValidationError: Tool failed due to the following issues:
                                The required parameter `p` is missing
                                An unexpected parameter `a` was provided
                                An unexpected parameter `b` was provided\
                                """));
    }

    @Test
    void defaultsAreFilledInAndNumbersInStringsAreRead() {
        ObjectNode given = json("{'p':'x','n':'7','all':'true'}");
        Result result = InputCheck.check("Tool", json(SCHEMA), given);
        assertThat(result).isInstanceOf(Result.Valid.class);
        if (result instanceof Result.Valid(ObjectNode input)) {
            assertThat(input.path("n").intValue()).isEqualTo(7);
            assertThat(input.path("all").isBoolean()).isTrue();
            assertThat(input.path("all").booleanValue()).isTrue();
        }
        assertThat(given.path("n").isTextual()).as("the given input is not changed").isTrue();
        assertThat(check("{'p':'x'}")).isEqualTo(new Result.Valid(json("{'p':'x','all':false}")));
    }

    private static Result check(String input) {
        return InputCheck.check("Tool", json(SCHEMA), json(input));
    }

    private static ObjectNode json(String text) {
        try {
            return Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
