import {
  addTo, askToken, byId, element, needsToken, openSocket, say, sendOnEnter, showFrame, showMessage, token,
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
    askToken(() => run(prompt, meta));
    return;
  }
  stopped = false;
  running(true);
  say("Connecting");
  addTo(conversation, element("div", "turn you", prompt));
  socket = openSocket("ws/claude", {
    frame: (text) => received(text, meta ? { prompt, meta } : { prompt }),
    closed: (code, reason) => closed(code, reason, prompt, meta),
  });
}

function received(text, request) {
  const frame = JSON.parse(text);
  showFrame("in", text, frame.type ?? Object.keys(frame)[0] ?? "frame");
  if (frame.info !== undefined) {
    const asked = JSON.stringify(request);
    socket.send(asked);
    showFrame("out", asked, "prompt");
    say("Running", "open");
  } else if (typeof frame.error === "string") {
    addTo(conversation, element("p", "turn error", frame.error));
  } else {
    showMessage(conversation, frame);
  }
}

function closed(code, reason, prompt, meta) {
  running(false);
  if (code === 1008 && reason === "Unauthorized") {
    askToken(() => run(prompt, meta));
    return;
  }
  const text = stopped ? "Stopped" : (ENDS[code] ?? "Not connected") + (reason ? ": " + reason : "");
  say(text + " (" + code + ")", code === 1000 ? "" : "bad");
}

function running(yes) {
  byId("send").disabled = yes;
  byId("stop").disabled = !yes;
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
