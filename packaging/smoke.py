#!/usr/bin/env python3
"""Starts the server of a built image and sends a prompt to the demo agent, on systems where no package is installed.

Usage: smoke.py FOLDER_OF_THE_IMAGE
"""
import os
import subprocess
import sys
import tempfile

PLACES = ['oriel/bin/oriel-server', 'oriel.app/Contents/MacOS/oriel-server', 'oriel/oriel-server.exe']


def main(folder):
    program = next((os.path.join(folder, p) for p in PLACES if os.path.exists(os.path.join(folder, p))), None)
    if not program:
        sys.exit('there is no oriel-server in ' + folder)
    # On Windows the database may still be open for a moment when the folder is deleted.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as data:
        server = subprocess.Popen([program, 'serve', '--port', '0', '--agent', 'demo', '--data', data],
                                  stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
        try:
            url = server.stdout.readline().split()[-1]
            token = os.path.join(data, 'token')
            reply = subprocess.run([program, 'send', '--url', url, '--token-file', token, 'hello'],
                                  capture_output=True, text=True, timeout=120, check=True).stdout
            if len(reply.strip()) < 20:
                sys.exit('the demo agent replied: ' + reply)
            print('the demo agent replies')
        finally:
            server.terminate()
            server.wait(30)


if __name__ == '__main__':
    main(sys.argv[1])
