"""A kernel of a running Jupyter server, spoken to over its web socket as JupyterLab does."""

import json
import time
import urllib.request

from jupyter_client.session import Session
from websocket import WebSocketTimeoutException, create_connection

PATIENCE = 120  # seconds, for the server's answers
BETWEEN_QUESTIONS = 1.0  # seconds between two looks whether to stop


class Kernel:
    """One kernel; ends with `close`.

    Args:
        server: with its `address` and `token`.
        folder: where it runs, below the server's root, such as "ada/notebooks".
        stop: a `threading.Event`; once it is set, waiting ends.

    Attributes:
        first_answer: seconds from asking for it to its first answer.
        pid: its process.
    """

    def __init__(self, server, folder, stop):
        self._server, self._stop = server, stop
        begin = time.perf_counter()
        self._id = self._ask("POST", "/api/kernels", {"name": "python3", "path": folder})["id"]
        self._connect()
        self.first_answer = time.perf_counter() - begin

    def run(self, code):
        """Run code; return the seconds until it is done and the name of its error.

        Returns:
            (seconds, None) if all went well, (seconds, "ValueError") if not, (None, None) if it was to stop.
        """
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}}
        message = self._session.msg(
            "execute_request", content | {"allow_stdin": False, "stop_on_error": True}
        )
        begin, self._error = time.perf_counter(), None
        self._socket.send(json.dumps(message | {"channel": "shell", "buffers": []}, default=str))
        self._text = ""
        while not self._stop.is_set():
            try:
                data = self._socket.recv()
            except WebSocketTimeoutException:
                continue
            if not isinstance(data, str):
                continue  # Bytes that a control sends along.
            answer = json.loads(data)
            if answer["parent_header"].get("msg_id") == message["header"]["msg_id"] and self._is_last(answer):
                return time.perf_counter() - begin, self._error
        return None, None

    def _is_last(self, answer):
        content = answer["content"]
        if answer["msg_type"] == "error":
            self._error = f"{content['ename']}: {content['evalue']}"
        if answer["msg_type"] == "stream":
            self._text += content["text"]
        return answer["msg_type"] == "status" and content["execution_state"] == "idle"

    def restart(self):
        """Begin anew with an empty memory."""
        self._socket.close()
        self._ask("POST", f"/api/kernels/{self._id}/restart", {})
        self._connect()

    def close(self):
        """End it."""
        self._socket.close()
        self._ask("DELETE", f"/api/kernels/{self._id}")

    def _connect(self):
        self._session = Session()
        address = self._server.address.replace("http", "ws", 1)
        self._socket = create_connection(
            f"{address}/api/kernels/{self._id}/channels?session_id={self._session.session}",
            header=[f"Authorization: token {self._server.token}"],
            timeout=PATIENCE,
        )
        self._socket.settimeout(BETWEEN_QUESTIONS)
        self.run("import os; print(os.getpid())")
        self.pid = int(self._text or 0)

    def _ask(self, method, path, body=None):
        request = urllib.request.Request(
            self._server.address + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {self._server.token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            text = answer.read()
        return json.loads(text) if text else None
