import {
  addTo, askToken, byId, element, needsToken, openSocket, say, sendOnEnter, showFrame, showMessage, token,
} from "./oriel-page.js";

const conversation = byId("conversation");
let socket;
let running = false;

function connect() {
  if (needsToken && !token()) {
    askToken(connect);
    return;
  }
  byId("connect").hidden = true;
  say("Connecting");
  socket = openSocket("ws", { frame: received, closed });
}

const quiet = (text) => addTo(conversation, element("p", "turn quiet", text));

const frames = {
  connection_established() {
    say("Connected", "open");
    byId("send").disabled = false;
  },
  query_start: () => runs(true),
  assistant_message: (data) => showMessage(conversation, { type: "assistant", message: data }),
  system_message(data) {
    if (data.message) quiet(data.message);
  },
  result_message(data) {
    const seconds = (data.duration_ms / 1000).toFixed(1);
    quiet(`${seconds} s · $${data.cost_usd.toFixed(4)} · $${data.total_cost_usd.toFixed(4)} so far`);
  },
  query_end: () => runs(false),
  query_cancelled() {
    quiet("Stopped");
    runs(false);
  },
  error(data) {
    addTo(conversation, element("p", "turn error", data.error));
    // Any other error ends its query.
    runs(data.error.startsWith("A query is already in progress"));
  },
};

function received(text) {
  const frame = JSON.parse(text);
  showFrame("in", text, frame.type);
  frames[frame.type]?.(frame.data);
}

function closed(code, reason) {
  runs(false);
  byId("send").disabled = true;
  if (code === 1008) {
    askToken(connect);
    return;
  }
  say("Not connected" + (reason ? ": " + reason : ""), "bad");
  byId("connect").hidden = false;
}

function runs(now) {
  running = now;
  byId("stop").disabled = !now;
  say(now ? "Claude answers" : "Connected", "open");
}

function send(frame) {
  const text = JSON.stringify(frame);
  socket.send(text);
  showFrame("out", text, frame.type);
}

/** The options in the text field, or undefined if they are not valid JSON. */
function options() {
  try {
    return JSON.parse(byId("options").value || "{}");
  } catch {
    byId("setup").open = true;
    byId("options").focus();
    return undefined;
  }
}

byId("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  const prompt = byId("prompt");
  const wanted = options();
  if (byId("send").disabled || !prompt.value.trim() || wanted === undefined) return;
  addTo(conversation, element("div", "turn you", prompt.value));
  send(running ? { type: "input", text: prompt.value } : { type: "query", prompt: prompt.value, options: wanted });
  prompt.value = "";
});

byId("stop").addEventListener("click", () => send({ type: "interrupt" }));
byId("connect").addEventListener("click", connect);
sendOnEnter(byId("prompt"));

connect();
