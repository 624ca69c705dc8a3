// A client of the enhanced dialect that uses only the browser's WebSocket: it sends queries, shows replies and
// interrupts.

const at = (id) => document.getElementById(id);
const ENDS = { query_end: "Done", query_cancelled: "Stopped", query_interrupted: "Stopped" };
let socket;

at("connect").addEventListener("submit", (event) => {
  event.preventDefault();
  socket?.close();
  socket = new WebSocket(at("socket").value);
  socket.onmessage = (message) => onFrame(JSON.parse(message.data));
  socket.onclose = () => showState("Not connected", false, false);
});

at("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  at("answer").textContent = "";
  socket.send(JSON.stringify({ type: "query", prompt: at("prompt").value, options: { permission_mode: "default" } }));
  showState("Asking", false, true);
});

at("stop").addEventListener("click", () => socket.send(JSON.stringify({ type: "interrupt" })));

function onFrame({ type, data }) {
  if (type === "connection_established") {
    showState("Connected", true, false);
  } else if (type === "assistant_message") {
    for (const block of data.content) {
      if (block.type === "text") at("answer").append(block.text);
      if (block.type === "tool_use") at("answer").append(`[${block.name}]\n`);
    }
  } else if (type === "error") {
    showState(data.error, true, false);
  } else if (type in ENDS) {
    showState(ENDS[type], true, false);
  }
}

function showState(text, canSend, canStop) {
  at("state").textContent = text;
  at("send").disabled = !canSend;
  at("stop").disabled = !canStop;
}
