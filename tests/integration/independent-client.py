"""Speaks to a Parlor server through python3-socketio: a client that shares no code with it.

Prints one JSON object per step; the test that runs it knows what each must be.
"""

import json
import sys
import threading
import uuid

import socketio

URL = sys.argv[1]
PATIENCE = 10


class Person:
    def __init__(self, **auth):
        self.heard = []
        self.news = threading.Condition()
        self.io = socketio.Client(reconnection=False)
        self.io.on("message_posted", self.note("message_posted"))
        self.io.on("member_joined", self.note("member_joined"))
        self.io.on("member_left", self.note("member_left"))
        hello = {"protocol": 1, "client": "python3-socketio/1", **auth}
        self.io.connect(URL, auth=hello, transports=["websocket"], wait_timeout=PATIENCE)

    def note(self, name):
        def hear(payload):
            with self.news:
                self.heard.append([name, payload])
                self.news.notify_all()

        return hear

    def ask(self, command, **payload):
        return self.io.call(command, payload, timeout=PATIENCE)

    def wait_for(self, name, count=1):
        def there():
            return [payload for heard, payload in self.heard if heard == name]

        with self.news:
            self.news.wait_for(lambda: len(there()) >= count, timeout=PATIENCE)
            return there()


def step(name, value):
    print(json.dumps({"step": name, "value": value}), flush=True)


ada = Person()
created = ada.ask("create_room", name="Ada", title="Python room")
step("create", created)
room = created["value"]["room"]["roomId"]

grace = Person()
for spelling in ["Ada", "ADA", "ada", "\uff21da"]:
    step("taken", grace.ask("join_room", roomId=room, name=spelling))
joined = grace.ask("join_room", roomId=room.lower(), name="Grace")
step("join", joined)
step("heard_join", ada.wait_for("member_joined"))

key = str(uuid.uuid4())
step("send", ada.ask("send_message", roomId=room, clientKey=key, text="hello from Python"))
step("resend", ada.ask("send_message", roomId=room, clientKey=key, text="hello from Python"))
step("conflict", ada.ask("send_message", roomId=room, clientKey=key, text="something else"))
step("heard_message", grace.wait_for("message_posted"))
step("history", grace.ask("fetch_history", roomId=room, before=100))

again = Person(session=joined["value"]["session"])
step("resume", again.ask("join_room", roomId=room, since=0))
step("leave", grace.ask("leave_room", roomId=room))
step("heard_leave", ada.wait_for("member_left"))

try:
    Person(protocol=2)
    step("version", "connected")
except socketio.exceptions.ConnectionError:
    step("version", "refused")

stranger = socketio.Client(reconnection=False)
try:
    stranger.connect(URL, headers={"Origin": "http://evil.example"}, transports=["websocket"], wait_timeout=PATIENCE)
    step("foreign_origin", "connected")
except socketio.exceptions.ConnectionError:
    step("foreign_origin", "refused")

for person in (ada, grace, again):
    person.io.disconnect()
