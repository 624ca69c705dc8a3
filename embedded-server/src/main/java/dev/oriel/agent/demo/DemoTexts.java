package dev.oriel.agent.demo;

/// The texts of the demo. Every response states that it is from a demo.
final class DemoTexts {
    static final String HELP =
            """
            ## What this demo can play

            This is a **demo**: scripted answers, offline, no model behind them. A word in your prompt chooses \
            the script.

            | word | what it plays |
            |---|---|
            | `thinking` | thinks first, then answers |
            | `read` | pretends to read a file |
            | `edit` | asks, then pretends to change a file, with a diff |
            | `bash` | asks, then pretends to run a command |
            | `tools` | all three of them |
            | `tool NAME` | asks, then really calls the tool of that name, if a client of this session has one |
            | `several` | asks four times in one turn |
            | `question` | asks you to choose |
            | `todo` | works through a list |
            | `long` | a few thousand words |
            | `error` | the model does not answer |
            | `help` | this list |

            Anything else gets the welcome. Stop any of them at any time.
            """;

    static final String BEFORE_CLIENT_TOOL =
            "That is a tool of one of your own programs. This **demo** really calls it, with"
                    + " made-up input.";

    static final String AFTER_CLIENT_TOOL =
            "The result above came from your program; the **demo** made up the rest.";

    static final String WELCOME =
            """
            # Welcome to Oriel

            You are talking to the **demo**. It is a script: it runs offline, costs nothing, and *understands \
            nothing* of what \
            you write. It shows what a conversation looks like here.

            ## What an answer may contain

            1. Numbered steps,
            2. with `inline code`, **bold** and *emphasis*,
               - and lists within lists,
               - as deep as need be.

            > An oriel is a window that juts out of a wall, so that one can look along the street.

            ```java
            record Window(String name, int panes) {
                boolean isOriel() {
                    return name.equals("oriel");
                }
            }
            ```

            | Window | Stands on | Looks |
            |:--|:--|--:|
            | Oriel | a bracket | both ways |
            | Bay | the ground | ahead |
            | Dormer | the roof | far |

            To talk to Claude itself, install the [Claude Code \
            CLI](https://docs.claude.com/en/docs/claude-code/overview), log \
            in, and start a new session. Write `help` to see what else the demo can play.
            """;

    static final String THOUGHT =
            """
            The user wants to see what thinking looks like. I am a demo, so I do not really think: I only show where \
            thinking would stand. It comes before the answer, it can be long, and it can be folded away. \
            That is enough of it; the answer follows.\
            """;

    static final String AFTER_THOUGHT =
            "That was the demo pretending to think. A model's **thinking** stands above its answer,"
                    + " folded unless you open it.";

    static final String BEFORE_READ =
            "I am a demo, so I only pretend to read a file. Reading needs no permission.";
    static final String BEFORE_EDIT =
            "I am a demo: the change below is shown to you for permission, but **no file is"
                    + " touched** whatever you answer.";
    static final String BEFORE_BASH =
            "I am a demo: you are asked about the command below, but **nothing is run** whatever"
                    + " you answer.";
    static final String BEFORE_TOOLS =
            "I am a demo. I pretend to read a file, to change it and to run a command; you are"
                    + " asked where an agent would ask.";
    static final String BEFORE_SEVERAL =
            "I am a demo. You are asked four times in this turn; the answers are up to you, and"
                    + " nothing is done.";
    static final String BEFORE_QUESTION = "I am a demo with a question. Any answer is right.";
    static final String BEFORE_TODOS = "I am a demo. I pretend to work through a list.";
    static final String AFTER_TOOLS =
            "Done, as far as a demo does anything: no file was touched, and no command was run.";

    static final ScriptStep.ApiError ERROR =
            new ScriptStep.ApiError(
                    529,
                    "overloaded",
                    "API Error: 529 Overloaded. (Demo: no model was asked; this is what it looks"
                            + " like when one does not answer.)");

    private static final String[] SENTENCES = {
        "An oriel hangs on the wall of a house and reaches out over the street.",
        "It is carried by a bracket of stone or of wood, and stands on nothing.",
        "From inside you can see to the left and to the right, which a plain window does not"
                + " allow.",
        "The light comes in from three sides, and stays longer in the evening.",
        "In narrow streets it gave a room the few feet that the plot did not have.",
        "Masons liked it, because it let them show what they could do.",
        "Town councils liked it less, and wrote down how far one might reach.",
        "Some of these rules can still be read, and some of the oriels still break them.",
        "The glass was small and dear, so it was set in lead, pane by pane.",
        "A good one keeps the rain out, which is harder than it looks.",
        "This is a demo, so none of these sentences was thought of just now.",
        "They are here to show how a long answer flows, and how calmly it can be read.",
        "Scroll up while it goes on: the text stays where you are reading.",
    };

    private DemoTexts() {}

    /// About three thousand words.
    static String longAnswer() {
        StringBuilder text =
                new StringBuilder(
                        "# A long answer\n\n"
                            + "This is a **demo** of an answer that takes its time. You can stop"
                            + " it.\n");
        int next = 0;
        for (int chapter = 1; chapter <= 12; chapter++) {
            text.append("\n## Part ").append(chapter).append("\n");
            for (int paragraph = 0; paragraph < 3; paragraph++) {
                text.append('\n');
                for (int sentence = 0; sentence < 6; sentence++) {
                    text.append(SENTENCES[next % SENTENCES.length]).append(' ');
                    next += paragraph + 1;
                }
                text.append('\n');
            }
        }
        return text.toString();
    }
}
