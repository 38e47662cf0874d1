"""A local server that behaves as Midtrans' public documentation says, with its failures. Real sockets."""

import base64
import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = "SB-Mid-server-contoh-123456"
DENIED = "Access denied due to unauthorized transaction, please check client or server key"
POLL = 0.005  # seconds; closing waits for the next look whether it is to end
UNKNOWN = {"status_code": "404", "status_message": "Transaction doesn't exist."}


class MidtransServer:
    """``fail`` makes the next answers go wrong: a status code or one of the words in ``answer``."""

    def __init__(self):
        self.transactions: dict[str, dict] = {}
        self.orders: dict[str, dict] = {}
        self.calls: list[tuple[str, str]] = []
        self.headers: list[dict] = []
        self.fail: list = []
        self.page_host = ""
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *args):
                pass

            def do_GET(self):
                server.answer(self)

            do_POST = do_GET

        class Server(ThreadingHTTPServer):
            request_queue_size = 128  # many who ask at once

        self.httpd = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.httpd.server_port}"
        threading.Thread(target=self.httpd.serve_forever, args=(POLL,), daemon=True).start()

    def close(self):
        self.httpd.shutdown()
        self.httpd.server_close()

    def answer(self, handler):
        body = json.loads(handler.rfile.read(int(handler.headers.get("Content-Length") or 0)) or "null")
        self.calls.append((handler.command, handler.path))
        self.headers.append(dict(handler.headers))
        failure = self.fail.pop(0) if self.fail else None
        if failure in ("silence", "cut", "lost"):
            if failure == "silence":
                handler.connection.recv(1)  # until whoever asked gives up
            elif failure == "lost":  # it was done, but the answer never arrives
                self.route(handler, body)
            handler.close_connection = True
        elif failure == "redirect":
            self.send(handler, 302, b"", location=f"{self.url}/elsewhere")
        elif failure in ("garbage", "array"):
            self.send(handler, 200, b"<html>maintenance" if failure == "garbage" else b"[1]")
        elif isinstance(failure, int):
            self.send(handler, failure, b'{"status_message": "failure"}')
        else:
            status, content = self.route(handler, body)
            self.send(handler, status, json.dumps(content).encode())

    def send(self, handler, status, content, location=""):
        handler.send_response(status)
        if location:
            handler.send_header("Location", location)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    def route(self, handler, body):
        wanted = "Basic " + base64.b64encode(f"{KEY}:".encode()).decode()
        if handler.headers.get("Authorization") != wanted:
            if handler.path.startswith("/snap"):
                return 401, {"error_messages": [DENIED]}
            return 401, {"status_code": "401", "status_message": DENIED}
        if (handler.command, handler.path) == ("POST", "/snap/v1/transactions"):
            return self.snap(body)
        _empty, _version, reference, verb = handler.path.split("/")
        if reference not in self.transactions:  # nobody has chosen how to pay on the page
            return 200, UNKNOWN
        if verb == "cancel":
            self.transactions[reference]["transaction_status"] = "cancel"
        return 200, self.transactions[reference]

    def snap(self, body):
        reference = body["transaction_details"]["order_id"]
        if reference in self.orders:
            return 400, {"error_messages": ["transaction_details.order_id has already been taken"]}
        self.orders[reference] = body
        token = hashlib.sha256(reference.encode()).hexdigest()[:36]
        return 201, {"token": token, "redirect_url": f"{self.page_host or self.url}/snap/v4/redirection/{token}"}

    def happen(self, reference, status, *, code=None, fraud="accept", amount=None, key=KEY, **more) -> bytes:
        """The transaction takes this status; returns the notification that Midtrans would send."""
        gross = amount or f"{self.orders[reference]['transaction_details']['gross_amount']}.00"
        code = code or {"pending": "201", "deny": "202", "expire": "407"}.get(status, "200")
        content = {
            "transaction_time": "2026-11-22 13:00:00",
            "transaction_status": status,
            "transaction_id": "57d5293c-e65f-4a29-95e4-5959c3fa335b",
            "status_message": "midtrans payment notification",
            "status_code": code,
            "payment_type": "credit_card" if status == "capture" else "bank_transfer",
            "order_id": reference,
            "gross_amount": gross,
            "fraud_status": fraud,
            "currency": "IDR",
            **more,
        }
        content["signature_key"] = hashlib.sha512(f"{reference}{code}{gross}{key}".encode()).hexdigest()
        self.transactions[reference] = content
        return json.dumps(content).encode()
