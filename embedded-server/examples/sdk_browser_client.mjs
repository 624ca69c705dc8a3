#!/usr/bin/env node
// Sends prompts to Claude through Oriel with the unmodified browser client of the published Claude Agent SDK.
//
//     NODE_PATH=… node sdk_browser_client.mjs --token-file TOKEN "What is in this folder?" "And what is it for?"
//
// In a page the import is `import { query } from "@anthropic-ai/claude-agent-sdk/browser"`, and the rest is the same.
// Needs the packages @anthropic-ai/claude-agent-sdk and, before Node 22, ws.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline/promises";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const require = createRequire(import.meta.url); // uses NODE_PATH, which `import` ignores
const { query } = await import(pathToFileURL(require.resolve("@anthropic-ai/claude-agent-sdk/browser")));

const { values: options, positionals: prompts } = parseArgs({
  allowPositionals: true,
  options: {
    server: { type: "string", default: "http://127.0.0.1:6743" },
    "token-file": { type: "string" }, // the file `token` in the server's data folder
    cwd: { type: "string", default: process.cwd() },
    transport: { type: "string", default: "websocket" }, // or "events": server-sent events and POST requests
    "stop-at": { type: "string" }, // interrupts the turn after this text was received
  },
});
if (options.transport === "websocket") globalThis.WebSocket ??= require("ws");
const token = options["token-file"] ? readFileSync(options["token-file"], "utf8").trim() : "";

async function newSession() {
  const reply = await fetch(`${options.server}/v1/sessions`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}` },
    body: JSON.stringify({ cwd: options.cwd }),
  });
  const body = await reply.json();
  if (!reply.ok) throw new Error(body.error.message);
  return body.id;
}

/** The user's prompts. The next one is returned after the turn of the previous one has ended. */
function createPrompts() {
  let resolveTurn;
  return {
    async *sequence() {
      for (const text of prompts) {
        const turnEnd = new Promise((resolve) => (resolveTurn = resolve));
        yield { type: "user", session_id: "", message: { role: "user", content: text }, parent_tool_use_id: null };
        await turnEnd;
      }
    },
    endTurn: () => resolveTurn(),
  };
}

async function canUseTool(tool, input) {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`Claude wants to use ${tool} ${JSON.stringify(input)}\nAllow? [y/N] `);
  terminal.close();
  return answer.trim().toLowerCase() === "y"
    ? { behavior: "allow", updatedInput: input }
    : { behavior: "deny", message: "The user denied this." };
}

const session = await newSession();
const { sequence, endTurn } = createPrompts();
const websocket = {
  url: `${options.server.replace(/^http/, "ws")}/v1/sessions/ws/${session}/subscribe`,
  authMessage: { type: "auth", credential: { type: "oauth", token } },
};
const sendUrl = `${options.server}/v1/code/sessions/${session}/events`;
const sse = {
  sendUrl,
  streamUrl: `${sendUrl}/stream`,
  sessionId: session,
  headers: { Authorization: `Bearer ${token}` },
};
const transport = options.transport === "events" ? { sse } : { websocket };
const messages = query({ prompt: sequence(), ...transport, canUseTool });

let left = prompts.length;
let streamed = "";
for await (const message of messages) {
  if (message.type === "stream_event" && message.event.delta?.type === "text_delta") {
    streamed += message.event.delta.text;
    if (options["stop-at"] && streamed.includes(options["stop-at"])) {
      options["stop-at"] = undefined;
      await messages.interrupt();
      console.log("[interrupted]");
    }
  } else if (message.type === "assistant") {
    for (const block of message.message.content) {
      if (block.type === "text") console.log(block.text);
    }
  } else if (message.type === "result") {
    console.log(`[${message.subtype}]`);
    left -= 1;
    if (left === 0) break;
    endTurn();
  }
}
process.exit(left === 0 ? 0 : 1); // otherwise the socket keeps the process running
