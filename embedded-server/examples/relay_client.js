#!/usr/bin/env node
// Sends a prompt to Claude through the relay and prints the reply.
//
//     oriel-server serve --auth none --listen relay=3000
//     node relay_client.js "What is in this folder?"
//
// --server URL   the relay's address (http://127.0.0.1:3000; on Oriel's main port http://127.0.0.1:6743/relay)
// --config JSON  posted before connecting, for example {"model":"…","allowedTools":["Read"]}
// --token TOKEN  if the server needs one
//
// Needs the package `ws`.

const { parseArgs } = require("node:util");
const WebSocket = require("ws");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    server: { type: "string", default: "http://127.0.0.1:3000" },
    config: { type: "string" },
    token: { type: "string" },
  },
});
const prompt = positionals.join(" ");
const headers = values.token ? { Authorization: `Bearer ${values.token}` } : {};

async function configure(config) {
  const reply = await fetch(`${values.server}/config`, { method: "POST", headers, body: config });
  if (!reply.ok) throw new Error(`configuration refused: ${await reply.text()}`);
}

/** Resolves with the exit code once Claude has finished. */
function converse() {
  const socket = new WebSocket(`${values.server.replace(/^http/, "ws")}/ws`, { headers });
  return new Promise((resolve, reject) => {
    socket.on("message", (bytes) => {
      const frame = JSON.parse(bytes);
      if (frame.type === "connected") {
        const message = { role: "user", content: prompt };
        socket.send(JSON.stringify({ type: "user_message", data: { type: "user", session_id: "", message } }));
      } else if (frame.type === "error") {
        console.error(frame.error);
        resolve(1);
      } else if (frame.type === "sdk_message") {
        show(frame.data);
        if (frame.data.type === "result") resolve(frame.data.is_error ? 1 : 0);
      }
    });
    socket.on("error", reject);
    socket.on("close", (code, reason) => reject(new Error(`closed with ${code} ${reason}`)));
  }).finally(() => {
    socket.removeAllListeners("close");
    socket.close();
  });
}

function show(message) {
  if (message.type !== "assistant") return;
  for (const block of message.message.content) {
    if (block.type === "text") console.log(block.text);
    if (block.type === "tool_use") console.log(`[${block.name} ${JSON.stringify(block.input)}]`);
  }
}

async function main() {
  if (!prompt) throw new Error("say what you want to ask");
  if (values.config) await configure(values.config);
  return converse();
}

main().then(
  (code) => { process.exitCode = code; },
  (error) => { console.error(error.message); process.exitCode = 1; },
);
