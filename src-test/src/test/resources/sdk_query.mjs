// Runs query() of the published Claude Agent SDK with a given CLI and prints its messages, one JSON text per line.
// Usage: node sdk_query.mjs CLI FOLDER PROMPT…   A prompt "interrupt: TEXT" is interrupted at its first text.

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url); // uses NODE_PATH, which `import` ignores
const { query } = await import(pathToFileURL(require.resolve("@anthropic-ai/claude-agent-sdk")));

const [cli, cwd, ...prompts] = process.argv.slice(2);
const print = (what) => console.log(JSON.stringify(what));
let current = "";
let endTurn = () => {};

async function* promptSequence() {
  for (const text of prompts) {
    current = text;
    const turnEnd = new Promise((resolve) => (endTurn = resolve));
    yield { type: "user", session_id: "", message: { role: "user", content: text }, parent_tool_use_id: null };
    await turnEnd;
  }
}

const messages = query({
  prompt: promptSequence(),
  options: {
    pathToClaudeCodeExecutable: cli,
    cwd,
    includePartialMessages: true,
    canUseTool: async (tool, input) => {
      print({ asked: tool, input });
      return { behavior: "allow", updatedInput: input };
    },
  },
});

for await (const message of messages) {
  print(message);
  const isDelta = message.type === "stream_event" && message.event.type === "content_block_delta";
  if (isDelta && current.startsWith("interrupt:")) {
    current = "";
    await messages.interrupt();
    print({ interrupted: true });
  }
  if (message.type === "result") endTurn();
}
print({ ended: true });
