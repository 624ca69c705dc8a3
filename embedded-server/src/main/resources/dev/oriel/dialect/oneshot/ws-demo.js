import {
  addTo, byId, element, needsToken, openSocket, sendOnEnter, showFrame, showLogin, showMessage, showStatus, token,
} from "./oriel-page.js";

const conversation = byId("conversation");
let socket;
let stopped;

const ENDS = {
  1000: "Done",
  1008: "Refused",
  1009: "The prompt is too long",
  1011: "Failed",
};

function run(prompt, meta) {
  if (needsToken && !token()) {
    showLogin(() => run(prompt, meta));
    return;
  }
  stopped = false;
  setRunning(true);
  showStatus("Connecting");
  addTo(conversation, element("div", "turn you", prompt));
  socket = openSocket("ws/claude", {
    onFrame: (text) => onFrame(text, meta ? { prompt, meta } : { prompt }),
    onClosed: (code, reason) => onClosed(code, reason, prompt, meta),
  });
}

function onFrame(text, request) {
  const frame = JSON.parse(text);
  showFrame("in", text, frame.type ?? Object.keys(frame)[0] ?? "frame");
  if (frame.info !== undefined) {
    const sent = JSON.stringify(request);
    socket.send(sent);
    showFrame("out", sent, "prompt");
    showStatus("Running", "open");
  } else if (typeof frame.error === "string") {
    addTo(conversation, element("p", "turn error", frame.error));
  } else {
    showMessage(conversation, frame);
  }
}

function onClosed(code, reason, prompt, meta) {
  setRunning(false);
  if (code === 1008 && reason === "Unauthorized") {
    showLogin(() => run(prompt, meta));
    return;
  }
  const text = stopped ? "Stopped" : (ENDS[code] ?? "Not connected") + (reason ? ": " + reason : "");
  showStatus(text + " (" + code + ")", code === 1000 ? "" : "bad");
}

function setRunning(now) {
  byId("send").disabled = now;
  byId("stop").disabled = !now;
}

byId("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  const prompt = byId("prompt").value;
  if (byId("send").disabled || !prompt) return;
  run(prompt, byId("meta").value);
  byId("prompt").value = "";
});

// Closing the socket stops the run.
byId("stop").addEventListener("click", () => {
  stopped = true;
  socket.close(1000);
});
sendOnEnter(byId("prompt"));
