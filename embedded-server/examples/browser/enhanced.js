// A client of the enhanced dialect that uses only the browser's WebSocket: it sends queries, shows replies and interrupts.

const at = (id) => document.getElementById(id);
const ENDS = { query_end: "Done", query_cancelled: "Stopped", query_interrupted: "Stopped" };
let socket;

at("connect").addEventListener("submit", (event) => {
  event.preventDefault();
  socket?.close();
  socket = new WebSocket(at("socket").value);
  socket.onmessage = (message) => received(JSON.parse(message.data));
  socket.onclose = () => stands("Not connected", false, false);
});

at("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  at("answer").textContent = "";
  socket.send(JSON.stringify({ type: "query", prompt: at("prompt").value, options: { permission_mode: "default" } }));
  stands("Asking", false, true);
});

at("stop").addEventListener("click", () => socket.send(JSON.stringify({ type: "interrupt" })));

function received({ type, data }) {
  if (type === "connection_established") {
    stands("Connected", true, false);
  } else if (type === "assistant_message") {
    for (const block of data.content) {
      if (block.type === "text") at("answer").append(block.text);
      if (block.type === "tool_use") at("answer").append(`[${block.name}]\n`);
    }
  } else if (type === "error") {
    stands(data.error, true, false);
  } else if (type in ENDS) {
    stands(ENDS[type], true, false);
  }
}

function stands(text, mayAsk, mayStop) {
  at("state").textContent = text;
  at("send").disabled = !mayAsk;
  at("stop").disabled = !mayStop;
}
