package dev.oriel.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageSeqTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\u0001',
            delimiter = '|',
            value = {
                "{\"seq\":1,\"type\":\"assistant\"} | 1",
                "{\"seq\":9223372036854775807,\"type\":\"assistant\"} | 9223372036854775807",
                "{\"type\":\"assistant\",\"seq\":12} | 12",
                "{ \"seq\" : 7, \"type\":\"assistant\"} | 7",
                "{\"type\":\"assistant\"} | 0",
                "{\"type\":\"stream_event\"} | 0",
            })
    void theSeqIsFoundWhereverItIs(String json, long seq) throws Exception {
        assertThat(MessageSeq.of(Message.parse(json.strip()))).isEqualTo(seq);
    }
}
