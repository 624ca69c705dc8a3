package dev.oriel.serve;

import dev.oriel.gateway.ServerException;
import dev.oriel.log.OneLine;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Says what is wrong in one line on standard error: no stack trace, no page of usage.
final class ErrorLine {
    private static final int FAILED = 1;
    private static final int WRONG_OPTION = 2;

    private ErrorLine() {}

    static int wrongOption(ParameterException e, String[] args) {
        return say(e.getCommandLine(), e.getMessage() + " (see --help)", WRONG_OPTION);
    }

    static int failed(Exception e, CommandLine command, ParseResult result) throws Exception {
        if (e instanceof ServerException known) {
            return say(command, known.getMessage(), FAILED);
        }
        throw e;
    }

    private static int say(CommandLine command, String what, int code) {
        command.getErr().println("oriel-server: " + OneLine.of(what));
        command.getErr().flush();
        return code;
    }
}
