package dev.oriel.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The wire form of control messages.
class ControlMessagesTest {
    @Test
    void aRequestCarriesItsIdOutsideOfTheInnerObject() {
        Message request = ControlMessages.request("r1", Json.object().put("subtype", "interrupt"));
        assertThat(request)
                .hasToString(
                        "{\"type\":\"control_request\",\"request_id\":\"r1\","
                                + "\"request\":{\"subtype\":\"interrupt\"}}");
        assertThat(request.requestId()).isEqualTo("r1");
        assertThat(request.is("control_request", "interrupt")).isTrue();
    }

    @Test
    void aResponseCarriesItsIdInTheInnerObject() {
        Message response = ControlMessages.success("r1", Json.object().put("mode", "plan"));
        assertThat(response)
                .hasToString(
                        "{\"type\":\"control_response\",\"response\":{\"subtype\":\"success\","
                                + "\"request_id\":\"r1\",\"response\":{\"mode\":\"plan\"}}}");
        assertThat(response.requestId()).isEqualTo("r1");
        assertThat(response.is("control_response", "success")).isTrue();
    }

    @Test
    void aCancellationNamesItsRequest() {
        Message cancel = ControlMessages.cancel("r1");
        assertThat(cancel)
                .hasToString("{\"type\":\"control_cancel_request\",\"request_id\":\"r1\"}");
        assertThat(cancel.is("control_cancel_request")).isTrue();
        assertThat(cancel.is("control_request")).isFalse();
        assertThat(cancel.requestId()).isEqualTo("r1");
    }
}
