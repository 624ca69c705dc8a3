package dev.oriel.app.conversation.notice;

/// What the agent reports about a turn that failed. All members may be empty or 0: versions of the
/// CLI differ in which of them they send (seen with 2.1.197 and 2.1.332).
///
/// @param error `error` of the `assistant` message that the CLI wrote in place of an answer
/// @param status of the API's HTTP response; 0 if there was none
/// @param terminalReason of the `result`
/// @param subtype of the `result`
/// @param text the first line of what the agent says about it
/// @param host of the account of the Messages API; empty for another agent
public record FailureReport(
        String error, int status, String terminalReason, String subtype, String text, String host) {

    /// A report of the CLI.
    ///
    /// @param text the first line of what the agent says about it
    public FailureReport(
            String error, int status, String terminalReason, String subtype, String text) {
        this(error, status, terminalReason, subtype, text, "");
    }

    /// Whether an account of the Messages API was used.
    public boolean isOfAccount() {
        return !host.isEmpty();
    }

    /// Nothing is reported yet.
    public static final FailureReport NONE = new FailureReport("", 0, "", "", "");
}
