package dev.oriel.message;

/// The values of `subtype` in `result` messages.
public final class ResultSubtype {
    /// The turn ended normally. `is_error` may still be true, for instance without a login.
    public static final String SUCCESS = "success";

    /// The turn failed or was interrupted.
    public static final String ERROR_DURING_EXECUTION = "error_during_execution";

    /// The turn reached its limit of model requests.
    public static final String ERROR_MAX_TURNS = "error_max_turns";

    /// The turn reached its limit of costs.
    public static final String ERROR_MAX_BUDGET_USD = "error_max_budget_usd";

    private ResultSubtype() {}
}
