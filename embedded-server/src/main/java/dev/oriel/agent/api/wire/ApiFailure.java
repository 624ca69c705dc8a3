package dev.oriel.agent.api.wire;

/// Carries an [ApiException] through the SDK, whose methods declare no checked exceptions.
final class ApiFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ApiException failure;

    ApiFailure(ApiException failure) {
        super(failure);
        this.failure = failure;
    }

    ApiException failure() {
        return failure;
    }
}
