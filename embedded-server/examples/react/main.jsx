// Shows the component on a page: index.html?server=…&cwd=… The user enters the token, which is not stored.

import { createRoot } from "react-dom/client";
import { OrielChat } from "./OrielChat.jsx";

const given = new URLSearchParams(location.search);
document.getElementById("login").addEventListener("submit", (event) => {
  event.preventDefault();
  const token = document.getElementById("token").value;
  event.target.remove();
  createRoot(document.getElementById("root")).render(
    <OrielChat server={given.get("server") ?? "http://127.0.0.1:6743"} token={token} cwd={given.get("cwd")} />,
  );
});
