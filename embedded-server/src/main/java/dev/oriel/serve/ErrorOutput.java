package dev.oriel.serve;

import dev.oriel.gateway.ServerStartException;
import dev.oriel.log.LogText;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Reports errors as one line on standard error, without a stack trace and without the usage.
final class ErrorOutput {
    private static final int FAILED = 1;
    private static final int WRONG_OPTION = 2;

    private ErrorOutput() {}

    static int onWrongOption(ParameterException e, String[] args) {
        return print(e.getCommandLine(), e.getMessage() + " (see --help)", WRONG_OPTION);
    }

    static int onFailure(Exception e, CommandLine command, ParseResult result) throws Exception {
        if (e instanceof ServerStartException known) {
            return print(command, String.valueOf(known.getMessage()), FAILED);
        }
        throw e;
    }

    private static int print(CommandLine command, String problem, int exitCode) {
        command.getErr().println("oriel-server: " + LogText.escape(problem));
        command.getErr().flush();
        return exitCode;
    }
}
