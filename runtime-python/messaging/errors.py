"""What can go wrong, in the words of the TypeScript library."""


class MessagingError(Exception):
    """Base of all errors of this library."""


class ValidationError(MessagingError):
    """Body or envelope breaks its contract. Never tried again: it is dead-lettered at once."""


class NonRetryableError(MessagingError):
    """Raise this, or a subclass, from a handler to dead-letter the message without further attempts."""


class ConfigurationError(MessagingError):
    """A setting is missing or wrong."""


class StoreUnavailableError(MessagingError):
    """The idempotency store does not answer: nothing may be handled until it does."""


class StoreLostError(StoreUnavailableError):
    """The idempotency store has lost its records; an operator has to accept that."""


class ClaimLostError(MessagingError):
    """The claim on a message went to another consumer: cause no further effect."""
