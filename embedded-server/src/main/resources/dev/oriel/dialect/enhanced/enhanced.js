import {
  addTo, byId, element, needsToken, openSocket, sendOnEnter, showFrame, showLogin, showMessage, showStatus, token,
} from "./oriel-page.js";

const conversation = byId("conversation");
let socket;
let running = false;

function connect() {
  if (needsToken && !token()) {
    showLogin(connect);
    return;
  }
  byId("connect").hidden = true;
  showStatus("Connecting");
  socket = openSocket("ws", { onFrame, onClosed });
}

const addNote = (text) => addTo(conversation, element("p", "turn quiet", text));

const frames = {
  connection_established() {
    showStatus("Connected", "open");
    byId("send").disabled = false;
  },
  query_start: () => setRunning(true),
  assistant_message: (data) => showMessage(conversation, { type: "assistant", message: data }),
  system_message(data) {
    if (data.message) addNote(data.message);
  },
  result_message(data) {
    const seconds = (data.duration_ms / 1000).toFixed(1);
    addNote(`${seconds} s · $${data.cost_usd.toFixed(4)} · $${data.total_cost_usd.toFixed(4)} so far`);
  },
  query_end: () => setRunning(false),
  query_cancelled() {
    addNote("Stopped");
    setRunning(false);
  },
  error(data) {
    addTo(conversation, element("p", "turn error", data.error));
    // Any other error ends its query.
    setRunning(data.error.startsWith("A query is already in progress"));
  },
};

function onFrame(text) {
  const frame = JSON.parse(text);
  showFrame("in", text, frame.type);
  frames[frame.type]?.(frame.data);
}

function onClosed(code, reason) {
  setRunning(false);
  byId("send").disabled = true;
  if (code === 1008) {
    showLogin(connect);
    return;
  }
  showStatus("Not connected" + (reason ? ": " + reason : ""), "bad");
  byId("connect").hidden = false;
}

function setRunning(now) {
  running = now;
  byId("stop").disabled = !now;
  showStatus(now ? "Claude answers" : "Connected", "open");
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
