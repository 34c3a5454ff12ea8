"""Follows what Consul answers to a path, by blocking queries, for as long as it takes Consul to answer."""
import json
import sys
import time
import urllib.error
import urllib.request


def follow(consul, path):
    """Yields each new answer: its JSON, or an empty list where there is nothing (404)."""
    index = "0"
    while True:
        url = f"http://{consul}{path}{'&' if '?' in path else '?'}index={index}&wait=60s"
        try:
            with urllib.request.urlopen(url, timeout=90) as answer:
                index, content = answer.headers["X-Consul-Index"], json.load(answer)
        except urllib.error.HTTPError as refused:
            if refused.code != 404:
                wait(refused)
                continue
            index, content = refused.headers["X-Consul-Index"], []
        except OSError as away:
            wait(away)
            continue
        yield content


def wait(why):
    print(why, file=sys.stderr, flush=True)
    time.sleep(0.2)
