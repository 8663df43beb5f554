"""Handles receipt.requested. This file is yours: it is written once and then left alone."""

from messaging import Context, Message

from ..contracts import ReceiptRequested


def handle(message: Message[ReceiptRequested], context: Context) -> None:
    """Returning means success; raising means failure, and the task is tried again as tasks.py says."""
    # A task whose effect is done is not handed to this function again. Pass context.idempotency_key on to systems
    # that take such a key: a crash right after the effect would repeat it otherwise.
    context.log.info("%s received", message.type)
