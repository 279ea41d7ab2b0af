# Tries, in the place of a submission, what a submission must not be able to do, and says on descriptor 3 what it could.
# The parent believes what it sees itself: the connection, the signal, the file.

import json
import os
import signal
import socket
import sys
import time

with open(sys.argv[1]) as file:
    facts = json.load(file)


def read():
    try:
        with open(facts["secret"]) as file:
            return file.read()
    except OSError:
        return ""


def write():
    try:
        with open(facts["outside"], "w") as file:
            file.write("written by the canary")
    except OSError:
        pass


def reach():
    try:
        socket.create_connection(("127.0.0.1", facts["port"]), 1).close()
    except OSError:
        pass


def disturb():
    try:
        os.kill(facts["parent"], signal.SIGUSR1)
    except OSError:
        pass


def swarm():
    """As many processes at once as are wanted, or as there are before one is refused."""
    children = []
    try:
        for _ in range(facts["forks"]):
            child = os.fork()
            if child == 0:
                time.sleep(5)
                os._exit(0)
            children.append(child)
    except OSError:
        pass
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return len(children)


found = {"read": read(), "forked": swarm()}
for attempt in (write, reach, disturb):
    attempt()
os.write(3, (json.dumps(found) + "\n").encode())
