package dev.oriel.account;

import java.util.List;

/// Which agent answers where nobody has chosen one.
public final class FirstRun {
    private FirstRun() {}

    /// The kinds of agents, the one of new sessions first. The CLI comes first if it is there,
    /// because it has the user's own login and settings; the demo comes last.
    ///
    /// @param cli what is known of the CLI
    /// @param hasAccount whether there is an account of the Messages API
    public static List<String> decide(Cli cli, boolean hasAccount) {
        boolean apiFirst =
                switch (cli) {
                    case READY, INSTALLED -> false;
                    case NOT_LOGGED_IN, MISSING -> hasAccount;
                };
        return apiFirst ? List.of("api", "cli", "demo") : List.of("cli", "api", "demo");
    }

    /// What is known of the CLI.
    public enum Cli {
        MISSING,
        /// It is there; whether somebody is logged in was not checked, because that takes seconds.
        INSTALLED,
        NOT_LOGGED_IN,
        READY
    }
}
