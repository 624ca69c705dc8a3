package dev.oriel.app.composer.complete;

import dev.oriel.match.FuzzyQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds the commands for what was typed after a slash. Pure.
final class CommandCompletions {
    /// So many characters are typed before a command is listed that cannot be used.
    private static final int LEAST_FOR_UNAVAILABLE = 2;

    private static final int SHORT_DETAIL = 50;

    private static final String ONLY_FIRST =
            "A command runs only at the start of a message. Here it is part of the text.";

    private record Ranked(Completion row, int rank, boolean builtin) {}

    private CommandCompletions() {}

    /// @param agent commands of the agent
    /// @param own commands of the window; offered only at the start of the text
    static FoundCompletions find(
            CompletionTrigger trigger, List<AgentCommand> agent, List<OwnCommand> own) {
        FuzzyQuery query = FuzzyQuery.of(trigger.query());
        List<Ranked> found = new ArrayList<>();
        Map<String, String> unavailable = TerminalCommands.sentences();
        Set<String> ownNames =
                trigger.first()
                        ? own.stream().map(OwnCommand::name).collect(Collectors.toSet())
                        : Set.of();
        for (AgentCommand command : agent) {
            // The window's command of the same name does more than the one for the terminal.
            if (!unavailable.containsKey(command.name()) && !ownNames.contains(command.name())) {
                add(found, query, command, trigger.first());
            }
        }
        if (trigger.first()) {
            own.forEach(command -> add(found, query, command));
        }
        found.sort(
                (query.isEmpty()
                                ? Comparator.comparing(Ranked::builtin)
                                : Comparator.comparingInt(Ranked::rank).reversed())
                        .thenComparing(r -> r.row().name()));
        List<Completion> rows =
                new ArrayList<>(found.stream().map(Ranked::row).collect(Collectors.toList()));
        if (trigger.first() && trigger.query().length() >= LEAST_FOR_UNAVAILABLE) {
            unavailable.entrySet().stream()
                    .filter(e -> e.getKey().startsWith(trigger.query()))
                    .filter(e -> !ownNames.contains(e.getKey()))
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(e -> {
                        Completion row = unavailable(query, e.getKey(), e.getValue());
                        // What was typed out is the one that was meant.
                        rows.add(e.getKey().equals(trigger.query()) ? 0 : rows.size(), row);
                    });
        }
        return new FoundCompletions(rows, trigger.first() || rows.isEmpty() ? "" : ONLY_FIRST);
    }

    private static void add(
            List<Ranked> found, FuzzyQuery query, AgentCommand command, boolean first) {
        int rank = query.rank(command.name(), 0);
        String matchedAlias = "";
        for (String alias : command.aliases()) {
            int other = query.isEmpty() ? FuzzyQuery.NO_MATCH : query.rank(alias, 0);
            if (other > rank) {
                rank = other;
                matchedAlias = alias;
            }
        }
        if (rank == FuzzyQuery.NO_MATCH) {
            return;
        }
        String detail =
                matchedAlias.isEmpty()
                        ? command.description()
                        : "also /" + matchedAlias + "  ·  " + command.description();
        String explanation =
                command.argumentHint().isEmpty()
                        ? isShort(detail) ? "" : command.description()
                        : command.description() + "\nArguments: " + command.argumentHint();
        found.add(
                new Ranked(
                        new Completion(
                                Completion.Kind.COMMAND,
                                "/" + command.name(),
                                matchedAlias.isEmpty()
                                        ? positions(query, command.name())
                                        : List.of(),
                                detail,
                                List.of(),
                                explanation,
                                "/" + command.name() + " ",
                                first ? command.argumentHint() : "",
                                null),
                        rank,
                        command.builtin()));
    }

    /// Whether a row has room for the description, so that it is not needed once more.
    private static boolean isShort(String detail) {
        return detail.length() <= SHORT_DETAIL && detail.indexOf('\n') < 0;
    }

    private static void add(List<Ranked> found, FuzzyQuery query, OwnCommand command) {
        int rank = query.rank(command.name(), 0);
        if (rank != FuzzyQuery.NO_MATCH) {
            found.add(
                    new Ranked(
                            new Completion(
                                    Completion.Kind.OWN_COMMAND,
                                    "/" + command.name(),
                                    positions(query, command.name()),
                                    command.description(),
                                    List.of(),
                                    "",
                                    "",
                                    "",
                                    command.action()),
                            rank,
                            true));
        }
    }

    private static Completion unavailable(FuzzyQuery query, String name, String sentence) {
        return new Completion(
                Completion.Kind.UNAVAILABLE,
                "/" + name,
                positions(query, name),
                sentence,
                List.of(),
                sentence,
                "",
                "",
                null);
    }

    /// In the name with its slash.
    private static List<Integer> positions(FuzzyQuery query, String name) {
        return Arrays.stream(query.positions(name, 0)).map(i -> i + 1).boxed().toList();
    }
}
