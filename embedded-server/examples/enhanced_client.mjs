#!/usr/bin/env node
// Sends several queries to Claude on one socket as one batch. They continue one conversation.
//
//     node enhanced_client.mjs [--url=ws://127.0.0.1:8000/ws] [--token-file=FILE] "What is in this folder?" "And why?"
//
// Uses the wire format of the enhanced dialect; see DIALECTS.md. Needs the package `ws`, which may be in $NODE_PATH.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parseArgs } from "node:util";

const { WebSocket } = createRequire(import.meta.url)("ws");

const { values, positionals: prompts } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: "string", default: "ws://127.0.0.1:8000/ws" },
    "token-file": { type: "string" },
    cwd: { type: "string", default: process.cwd() },
  },
});
if (prompts.length === 0) {
  console.error("Give a prompt.");
  process.exit(2);
}

const tokenFile = values["token-file"];
const headers = tokenFile ? { Authorization: `Bearer ${readFileSync(tokenFile, "utf8").trim()}` } : {};
const socket = new WebSocket(values.url, { headers });
const send = (frame) => socket.send(JSON.stringify(frame));
const note = (text) => console.error(`[${text}]`);

let left = prompts.length;
let code = 3; // the connection was lost, unless a later event says otherwise
const finish = (how) => {
  code = Math.max(how, code === 3 ? 0 : code);
  if (--left === 0) socket.close(1000);
};

const blocks = {
  text: (block) => console.log(block.text),
  tool_use: (block) => note(`${block.name} ${JSON.stringify(block.input)}`),
  tool_result: (block) => block.is_error && note(`failed: ${JSON.stringify(block.content)}`),
};

const frames = {
  connection_established(data) {
    note(`connected: ${data.session_id}`);
    // The server runs them in sequence.
    send({
      type: "batch",
      messages: prompts.map((prompt) => ({ type: "query", prompt, options: { cwd: values.cwd } })),
    });
  },
  assistant_message(data) {
    for (const block of data.content) blocks[block.type]?.(block);
  },
  result_message(data) {
    note(`${data.num_turns} turns, $${data.cost_usd.toFixed(4)}, $${data.total_cost_usd.toFixed(4)} so far`);
  },
  query_end: () => finish(0),
  query_cancelled: () => finish(130),
  error(data) {
    console.error(data.error);
    finish(1);
  },
};

process.on("SIGINT", () => send({ type: "interrupt" }));
socket.on("message", (text) => {
  const frame = JSON.parse(text);
  frames[frame.type]?.(frame.data);
});
socket.on("error", (e) => console.error(e.message));
socket.on("close", () => process.exit(code));
