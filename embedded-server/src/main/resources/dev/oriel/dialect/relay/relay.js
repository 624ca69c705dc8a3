import {
  addTo, byId, element, needsToken, openSocket, pretty, sendOnEnter, showFrame, showLogin, showMessage, showStatus,
  token,
} from "./oriel-page.js";

const conversation = byId("conversation");
let socket;
let partial; // the response that is being streamed, if partial messages are enabled

function connect() {
  if (needsToken && !token()) {
    showLogin(connect);
    return;
  }
  byId("connect").hidden = true;
  showStatus("Connecting");
  socket = openSocket("ws", { onFrame, onClosed });
}

function onFrame(text) {
  const frame = JSON.parse(text);
  const inner = frame.data?.type ? " · " + frame.data.type + (frame.data.subtype ? "/" + frame.data.subtype : "") : "";
  showFrame("in", text, frame.type + inner);
  if (frame.type === "connected") {
    showStatus("Connected", "open");
    setConnected(true);
    loadConfig();
  } else if (frame.type === "error") {
    addTo(conversation, element("p", "turn error", frame.error));
  } else if (frame.type === "sdk_message") {
    onMessage(frame.data);
  }
}

function onMessage(message) {
  const delta = message.type === "stream_event" ? message.event?.delta?.text : undefined;
  if (delta) {
    partial ??= addTo(conversation, element("div", "turn"));
    partial.append(delta);
    conversation.scrollTop = conversation.scrollHeight;
  } else if (message.type === "assistant" || message.type === "result") {
    partial?.remove();
    partial = undefined;
  }
  showMessage(conversation, message);
}

function onClosed(code, reason) {
  setConnected(false);
  if (code === 1008) {
    showLogin(connect);
    return;
  }
  showStatus(code === 1000 ? "Another client is connected" : "Not connected" + (reason ? ": " + reason : ""), "bad");
  byId("connect").hidden = false;
}

function setConnected(open) {
  byId("send").disabled = !open;
  byId("stop").disabled = !open;
}

function send(frame) {
  const text = JSON.stringify(frame);
  socket.send(text);
  showFrame("out", text, frame.type);
}

byId("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  const prompt = byId("prompt");
  if (byId("send").disabled || !prompt.value.trim()) return;
  addTo(conversation, element("div", "turn you", prompt.value));
  const message = { role: "user", content: prompt.value };
  send({ type: "user_message", data: { type: "user", session_id: "", parent_tool_use_id: null, message } });
  prompt.value = "";
});

byId("stop").addEventListener("click", () => send({ type: "interrupt" }));
byId("connect").addEventListener("click", connect);
sendOnEnter(byId("prompt"));

const headers = () => (needsToken ? { Authorization: "Bearer " + token() } : {});

async function loadConfig() {
  const reply = await fetch("config", { headers: headers() });
  if (reply.ok) byId("config").value = pretty((await reply.json()).config);
}

byId("settings").addEventListener("submit", async (event) => {
  event.preventDefault();
  const saved = byId("saved");
  try {
    const reply = await fetch("config", { method: "POST", headers: headers(), body: byId("config").value });
    const body = await reply.json();
    saved.textContent = reply.ok ? "Saved. It takes effect with the next conversation." : body.error;
    if (reply.ok) byId("config").value = pretty(body.config);
  } catch {
    saved.textContent = "The server cannot be reached.";
  }
});

connect();
