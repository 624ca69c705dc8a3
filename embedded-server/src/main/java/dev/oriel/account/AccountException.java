package dev.oriel.account;

/// An account cannot be added or changed as asked. The message is a sentence for the user and
/// contains no secret.
public final class AccountException extends Exception {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    public AccountException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    static AccountException invalid(String message) {
        return new AccountException(Reason.INVALID, message);
    }

    public Reason reason() {
        return reason;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /// Why it cannot be done.
    public enum Reason {
        /// A value is not possible.
        INVALID,
        /// There is no such account.
        NOT_FOUND,
        /// The account is set outside of Oriel.
        READ_ONLY
    }
}
