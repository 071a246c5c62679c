import socket

import pytest

from tests.conftest import NetworkIsOff


def test_a_test_can_reach_this_machine_and_no_other():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()

    with pytest.raises(NetworkIsOff), socket.socket() as away:
        away.connect(("192.0.2.1", 80))
