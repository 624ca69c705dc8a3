#!/usr/bin/env python3
"""Creates a session on an agent server and sends prompts to it, in sequence.

    python3 manager_client.py --cwd . "What is in this folder?" "And what is it for?"

It speaks the manager dialect (DIALECTS.md), so any server of that system will do.
Needs the package `websockets` (Debian: python3-websockets).
"""

import argparse
import asyncio
import json
import pathlib
import sys

import websockets

KEY_FILE = pathlib.Path.home() / ".claude" / "analytics" / ".secret"


class Refused(Exception):
    """The server has replied with an error."""


async def frames(socket):
    async for text in socket:
        frame = json.loads(text)
        if frame["type"] == "error":
            raise Refused(frame["message"])
        yield frame


async def send(socket, kind, **members):
    await socket.send(json.dumps({"type": kind, **members}))


async def expect(socket, kind):
    async for frame in frames(socket):
        if frame["type"] == kind:
            return frame
    raise Refused("the server closed the connection")


async def permission(frame, allow):
    if not allow:
        question = f"{frame['description']}\nAllow? [y/N] "
        allow = (await asyncio.to_thread(input, question)).strip().lower() == "y"
    return {"request_id": frame["request_id"], "approved": allow}


async def run_prompt(socket, session, prompt, allow):
    """Prints the reply to a prompt while it is streamed."""
    printed = ""
    await send(socket, "send_prompt", session_id=session, prompt=prompt)
    async for frame in frames(socket):
        kind = frame["type"]
        if kind == "agent_message":
            if not frame["complete"]:
                print(frame["content"], flush=True)
                printed += frame["content"]
            else:
                # It repeats the text of the deltas, or contains none.
                if not printed.endswith(frame["content"]):
                    print(frame["content"], flush=True)
                return
        elif kind == "agent_tool_use":
            print(f"[{frame['tool']} {json.dumps(frame['parameters'])}]", file=sys.stderr)
        elif kind == "permission_request":
            await send(socket, "permission_response", session_id=session, **await permission(frame, allow))
    raise Refused("the server closed the connection")


async def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("prompts", nargs="+")
    parser.add_argument("--url", default="ws://127.0.0.1:8001/ws")
    parser.add_argument("--key-file", type=pathlib.Path, default=KEY_FILE)
    parser.add_argument("--cwd", type=pathlib.Path, default=pathlib.Path.cwd(), help="the folder Claude works in")
    parser.add_argument("--tools", default="Read,Write,Edit,Bash,Search")
    parser.add_argument("--ask", action="store_true", help="be asked before a tool changes anything")
    parser.add_argument("--allow", action="store_true", help="say yes to everything that is asked")
    args = parser.parse_args()

    options = {"tools": args.tools.split(","), "working_directory": str(args.cwd.resolve())}
    if args.ask:
        options["permission_mode"] = "default"
    async with websockets.connect(args.url, max_size=None) as socket:
        await send(socket, "auth", token=args.key_file.read_text().strip())
        await expect(socket, "auth_success")
        await send(socket, "create_session", options=options)
        session = (await expect(socket, "session_created"))["session_id"]
        for prompt in args.prompts:
            await run_prompt(socket, session, prompt, args.allow)
        await send(socket, "end_session", session_id=session)
        await expect(socket, "session_ended")


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except (Refused, OSError, websockets.WebSocketException) as e:
        sys.exit(f"manager_client: {e}")
