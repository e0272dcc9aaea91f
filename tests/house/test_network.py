"""The guard of tests/conftest.py works: otherwise no test could say that the mesh keeps to itself."""

import socket

import pytest

ELSEWHERE = "192.0.2.1"
"""An address reserved for documentation: nobody answers there."""


def test_a_name_elsewhere_is_not_looked_up() -> None:
    with pytest.raises(RuntimeError, match="outside loopback"):
        socket.getaddrinfo("example.invalid", 443)


def test_an_address_elsewhere_is_not_reached() -> None:
    with socket.socket() as ours:
        with pytest.raises(RuntimeError, match="outside loopback"):
            ours.connect((ELSEWHERE, 443))
        with pytest.raises(RuntimeError, match="outside loopback"):
            ours.connect_ex((ELSEWHERE, 443))


def test_loopback_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()[:2]) as ours:
        assert ours.getpeername() == server.getsockname()
