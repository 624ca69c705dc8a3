package dev.oriel.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartialAnswerTest {
    private final PartialAnswer answer = new PartialAnswer();

    @Test
    void anAnswerStartsWithoutBlocks() throws Exception {
        assertThat(answer.messageId()).isEmpty();
        start("m1");
        assertThat(answer.messageId()).isEqualTo("m1");
        assertThat(answer.blocks()).isEmpty();
        assertThat(answer.current()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "text, text_delta, text",
        "thinking, thinking_delta, thinking",
        "tool_use, input_json_delta, partial_json"
    })
    void deltasOfEveryTypeAreAccumulated(String block, String delta, String member)
            throws Exception {
        start("m1");
        startBlock(0, block);
        assertThat(delta(0, delta, member, "Hel")).isEqualTo("Hel");
        assertThat(delta(0, delta, member, "lo")).isEqualTo("lo");
        PartialAnswer.Block open = answer.current().orElseThrow();
        assertThat(open.text()).isEqualTo("Hello");
        assertThat(open.length()).isEqualTo(5);
        assertThat(open.textFrom(3)).isEqualTo("lo");
        assertThat(open.type()).isEqualTo(block);
        assertThat(open.isToolUse()).isEqualTo(block.equals("tool_use"));
    }

    @Test
    void textOfTheBlocksStartComesFirst() throws Exception {
        start("m1");
        assertThat(
                        apply(
                                "{'type':'content_block_start','index':0,"
                                        + "'content_block':{'type':'text','text':'Once'}}"))
                .isEqualTo("Once");
        delta(0, "text_delta", "text", " upon");
        assertThat(answer.current().orElseThrow().text()).isEqualTo("Once upon");
    }

    @Test
    void aDeltaWithoutTextAddsNothing() throws Exception {
        start("m1");
        startBlock(0, "thinking");
        assertThat(delta(0, "signature_delta", "signature", "xyz")).isEmpty();
        assertThat(answer.current().orElseThrow().length()).isZero();
    }

    @Test
    void aDeltaOfABlockThatNeverStartedIsIgnored() throws Exception {
        start("m1");
        assertThat(delta(3, "text_delta", "text", "lost")).isEmpty();
        assertThat(answer.blocks()).isEmpty();
    }

    @Test
    void aWholeBlockReplacesTheStreamedOneOfItsType() throws Exception {
        start("m1");
        startBlock(0, "thinking");
        startBlock(1, "text");
        delta(1, "text_delta", "text", "Hi");
        assertThat(answer.complete("m1", json("{'type':'text','text':'Hi'}")))
                .hasValueSatisfying(b -> assertThat(b.index()).isEqualTo(1));
        assertThat(answer.current()).isEmpty();
        assertThat(answer.blocks()).hasSize(1);
        assertThat(delta(1, "text_delta", "text", "late")).isEmpty();
    }

    @Test
    void aWholeBlockOfAnotherMessageReplacesNothing() throws Exception {
        start("m1");
        startBlock(0, "text");
        assertThat(answer.complete("m2", json("{'type':'text','text':'Hi'}"))).isEmpty();
        assertThat(answer.blocks()).hasSize(1);
    }

    @Test
    void toolCallsAreToldApartByTheirId() throws Exception {
        start("m1");
        apply(
                "{'type':'content_block_start','index':0,'content_block':{'type':'tool_use','id':'t1','name':'Bash'}}");
        apply(
                "{'type':'content_block_start','index':1,'content_block':{'type':'tool_use','id':'t2','name':'Read'}}");
        assertThat(answer.complete("m1", json("{'type':'tool_use','id':'t2'}")))
                .hasValueSatisfying(b -> assertThat(b.toolName()).isEqualTo("Read"));
        assertThat(answer.blocks()).extracting(PartialAnswer.Block::toolId).containsExactly("t1");
    }

    @Test
    void aBlockIsFoundByItsIndexUntilItIsComplete() throws Exception {
        start("m1");
        startBlock(2, "text");
        assertThat(answer.block(2)).hasValueSatisfying(b -> assertThat(b.index()).isEqualTo(2));
        assertThat(answer.block(1)).isEmpty();
        answer.complete("m1", json("{'type':'text','text':''}"));
        assertThat(answer.block(2)).isEmpty();
    }

    @Test
    void theNextMessageStartDropsTheBlocks() throws Exception {
        start("m1");
        startBlock(0, "text");
        start("m2");
        assertThat(answer.blocks()).isEmpty();
        assertThat(answer.messageId()).isEqualTo("m2");
    }

    @Test
    void droppedBlocksIgnoreLaterDeltasAndTheMessageStays() throws Exception {
        start("m1");
        startBlock(0, "text");
        answer.dropBlocks();
        assertThat(delta(0, "text_delta", "text", "late")).isEmpty();
        assertThat(answer.messageId()).isEqualTo("m1");
        answer.clear();
        assertThat(answer.messageId()).isEmpty();
    }

    private void start(String id) throws Exception {
        apply("{'type':'message_start','message':{'id':'%s'}}".formatted(id));
    }

    private void startBlock(int index, String type) throws Exception {
        apply(
                "{'type':'content_block_start','index':%d,'content_block':{'type':'%s'}}"
                        .formatted(index, type));
    }

    private String delta(int index, String type, String member, String text) throws Exception {
        return apply(
                "{'type':'content_block_delta','index':%d,'delta':{'type':'%s','%s':'%s'}}"
                        .formatted(index, type, member, text));
    }

    private String apply(String event) throws Exception {
        return answer.apply(json(event));
    }

    private static JsonNode json(String text) throws Exception {
        return Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
