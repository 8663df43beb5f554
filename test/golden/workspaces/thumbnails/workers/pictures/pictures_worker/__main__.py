"""Runs the worker until SIGTERM. The settings come from the environment; README.md lists them."""

from messaging import run

from .app import app
from .tasks import worker

if __name__ == "__main__":
    run(app, worker)
