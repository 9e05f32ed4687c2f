"""Two ways to the Temporal server: the door's, which knows whether anything left the house, and the worker's."""

from datetime import timedelta

from temporalio.client import Client
from temporalio.service import GrpcCompression, RetryConfig, RPCError, RPCStatusCode

from workflows.payloads import Keys, converter

_CONNECT_WITHIN = timedelta(seconds=3)

# What the client itself says before a single byte of the request has left.
_NO_WAY_OUT = frozenset({"tcp connect error", "dns error"})


async def connect_door(address: str, namespace: str, keys: Keys) -> Client:
    """Answer a client that connects when first used and tries each call once.

    A repeated call would end with the error of its last attempt, and nobody could tell whether an earlier one arrived.
    """
    return await Client.connect(
        address,
        namespace=namespace,
        data_converter=converter(keys),
        retry_config=RetryConfig(max_retries=1),
        connect_timeout=_CONNECT_WITHIN,
        grpc_compression=GrpcCompression.NONE,
        lazy=True,
    )


async def connect_worker(address: str, namespace: str, keys: Keys) -> Client:
    return await Client.connect(
        address,
        namespace=namespace,
        data_converter=converter(keys),
        grpc_compression=GrpcCompression.NONE,
    )


def never_left(error: Exception) -> bool:
    """Say whether the request surely never reached the server; in doubt it may have."""
    if isinstance(error, RPCError):
        return error.status == RPCStatusCode.UNAVAILABLE and error.message in _NO_WAY_OUT
    # A lazy client that cannot make its first connection says so with the only RuntimeError it knows.
    return isinstance(error, RuntimeError) and str(error).startswith("Failed client connect")
