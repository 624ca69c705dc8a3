package dev.oriel.app.conversation.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.NextStep;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TurnFailureTest {
    private static final NextStep AGAIN = new NextStep.SendAgain();

    /// As CLI 2.1.197 and 2.1.332 report them: the older one has the reason `completed`, and the
    /// status only in its `result`.
    @ParameterizedTest
    @CsvSource({
        "authentication_failed, 0,   api_error,       success,               NOT_LOGGED_IN",
        "authentication_failed, 0,   completed,       success,               NOT_LOGGED_IN",
        "authentication_failed, 401, api_error,       success,               LOGIN_REFUSED",
        "authentication_failed, 403, completed,       success,               LOGIN_REFUSED",
        "billing_error,         400, api_error,       success,               NO_CREDIT",
        "unknown,               402, completed,       success,               NO_CREDIT",
        "rate_limit,            429, api_error,       success,               RATE_LIMIT",
        "'',                    429, '',              success,               RATE_LIMIT",
        "server_error,          529, completed,       success,               OVERLOADED",
        "server_error,          500, api_error,       success,               SERVER_ERROR",
        "server_error,          0,   completed,       success,               NO_CONNECTION",
        "model_not_found,       404, api_error,       success,               NO_SUCH_MODEL",
        "unknown,               400, api_error,       success,               INVALID_REQUEST",
        "invalid_request,       400, prompt_too_long, success,               PROMPT_TOO_LONG",
        "invalid_request,       413, image_error,     success,               REQUEST_TOO_LARGE",
        "max_output_tokens,     0,   completed,       success,               ANSWER_CUT",
        "'',                    0,   max_turns,       error_max_turns,       MAX_TURNS",
        "'',                    0,   '',              error_max_budget_usd,  MAX_BUDGET",
        "'',                    0,   '',              error_during_execution, OTHER",
        "from_the_future,       0,   '',              '',                    OTHER"
    })
    void theReasonIsReadFromWhatEachVersionReports(
            String error, int status, String terminal, String subtype, FailureReason reason) {
        assertThat(FailureReason.of(new FailureReport(error, status, terminal, subtype, "x")))
                .isEqualTo(reason);
    }

    private static TurnFailure of(String error, int status) {
        return TurnFailure.of(new FailureReport(error, status, "", "success", "raw"), AGAIN);
    }

    @Test
    void theStepsFitTheReason() {
        assertThat(of("rate_limit", 429).steps()).containsExactly(AGAIN);
        assertThat(of("authentication_failed", 0).steps())
                .containsExactly(
                        new NextStep.CopyCommand("Copy login command", "claude auth login"), AGAIN);
        assertThat(of("", 413).steps()).containsExactly(new NextStep.Compact());
        assertThat(of("max_output_tokens", 0).steps()).containsExactly(new NextStep.Continue());
        FailureReport budget = new FailureReport("", 0, "", "error_max_budget_usd", "");
        assertThat(TurnFailure.of(budget, AGAIN).steps()).isEmpty();
    }

    @Test
    void theStatusOfTheApiIsNamed() {
        assertThat(of("server_error", 500).text()).contains("(500)");
        assertThat(of("rate_limit", 0).text()).doesNotContain("(");
    }

    @Test
    void anUnknownReasonIsToldInTheWordsOfTheAgent() {
        assertThat(of("", 0).text()).isEqualTo("raw");
        assertThat(TurnFailure.of(FailureReport.NONE, AGAIN).text())
                .isEqualTo("The turn ended with an error.");
    }

    @ParameterizedTest
    @EnumSource(FailureReason.class)
    void everyReasonIsReachable(FailureReason reason) {
        List<FailureReport> all =
                List.of(
                        new FailureReport("authentication_failed", 0, "", "", ""),
                        new FailureReport("authentication_failed", 401, "", "", ""),
                        new FailureReport("billing_error", 0, "", "", ""),
                        new FailureReport("rate_limit", 0, "", "", ""),
                        new FailureReport("overloaded", 0, "", "", ""),
                        new FailureReport("", 503, "", "", ""),
                        new FailureReport("server_error", 0, "", "", ""),
                        new FailureReport("model_not_found", 0, "", "", ""),
                        new FailureReport("invalid_request", 0, "", "", ""),
                        new FailureReport("", 0, "prompt_too_long", "", ""),
                        new FailureReport("", 0, "image_error", "", ""),
                        new FailureReport("max_output_tokens", 0, "", "", ""),
                        new FailureReport("", 0, "", "error_max_turns", ""),
                        new FailureReport("", 0, "", "error_max_budget_usd", ""),
                        FailureReport.NONE);
        assertThat(all).extracting(FailureReason::of).contains(reason);
    }

    private static TurnFailure ofAccount(String error, int status, String host, String text) {
        return TurnFailure.of(
                new FailureReport(error, status, "api_error", "success", text, host), AGAIN);
    }

    @Test
    void aKeyThatIsRefusedIsReplacedInTheAccounts() {
        TurnFailure refused = ofAccount("authentication_failed", 401, "llm.example.org", "raw");
        assertThat(refused.text()).startsWith("llm.example.org did not accept the key");
        assertThat(refused.steps()).containsExactly(new NextStep.OpenAccounts(), AGAIN);
    }

    @Test
    void whatTheServerSaysIsTold() {
        assertThat(
                        ofAccount(
                                        "invalid_request",
                                        400,
                                        "llm.example.org",
                                        "The server refused the request (HTTP 400): no such tool")
                                .text())
                .isEqualTo("llm.example.org rejected the request (400): no such tool.");
        TurnFailure forbidden =
                ofAccount(
                        "authentication_failed",
                        403,
                        "llm.example.org",
                        "The key was not accepted (HTTP 403): This team may not use the model.");
        assertThat(forbidden.text())
                .isEqualTo(
                        "llm.example.org does not allow this (403): This team may not use the"
                                + " model.");
        assertThat(forbidden.steps()).contains(new NextStep.OpenAccounts());
    }

    @Test
    void anAccountWithoutCreditIsRecognizedByTheWordsOfTheApi() {
        TurnFailure failure =
                ofAccount(
                        "invalid_request",
                        400,
                        "api.anthropic.com",
                        "The server refused the request (HTTP 400): Your credit balance is too low"
                                + " to access the Anthropic API.");
        assertThat(failure.text()).isEqualTo("The account has no credit left (400).");
        assertThat(failure.steps()).containsExactly(TurnFailure.BILLING, AGAIN);
    }

    @Test
    void noStepOfAnAccountIsOneOfTheCli() {
        for (FailureReason reason : FailureReason.values()) {
            TurnFailure failure =
                    AccountFailure.of(
                            reason, new FailureReport("", 0, "", "", "raw", "host"), AGAIN);
            assertThat(failure.text()).as("%s", reason).doesNotContain("log", "Log");
            assertThat(failure.steps())
                    .as("%s", reason)
                    .noneMatch(NextStep.CopyCommand.class::isInstance);
        }
    }

    @Test
    void billingIsThatOfAnthropicOnlyThere() {
        assertThat(ofAccount("billing_error", 402, "api.anthropic.com", "").steps().getFirst())
                .isInstanceOf(NextStep.OpenPage.class);
        assertThat(ofAccount("billing_error", 402, "llm.example.org", "").steps().getFirst())
                .isEqualTo(new NextStep.OpenAccounts());
    }

    @Test
    void whatTheAgentSaysAboutTheConnectionIsKept() {
        String tls = "The certificate of llm.example.org is not trusted, or TLS failed.";
        TurnFailure failure = ofAccount("unknown", 0, "llm.example.org", tls);
        assertThat(failure.text()).isEqualTo(tls);
        assertThat(failure.steps()).containsExactly(AGAIN, new NextStep.OpenAccounts());
        TurnFailure other = ofAccount("unknown", 0, "llm.example.org", "The model declined.");
        assertThat(other.steps()).containsExactly(AGAIN);
    }
}
