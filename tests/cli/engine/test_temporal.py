"""The Temporal server of the tests is the one `motcua up` starts."""

import psycopg
from temporalio.client import Client

from tests.support import PostgresServer, TemporalServer, assert_eventually


async def test_the_server_serves_the_namespace_of_the_run(temporal: TemporalServer, namespace: str) -> None:
    client = await Client.connect(temporal.address, namespace=namespace)

    described = [execution async for execution in client.list_workflows("WorkflowId = 'nobody'")]

    assert described == []


async def test_a_killed_server_comes_back_with_its_namespace(own_temporal: TemporalServer) -> None:
    namespace = own_temporal.new_namespace()

    own_temporal.kill()
    own_temporal.start()

    client = await Client.connect(own_temporal.address, namespace=namespace)
    await assert_eventually(client.service_client.check_health)


def test_a_killed_database_comes_back_with_its_rows(own_postgres: PostgresServer) -> None:
    url = own_postgres.create("kept")
    with psycopg.connect(url) as db:
        db.execute("create table line as select 'here' as text")

    own_postgres.kill()
    own_postgres.start()

    with psycopg.connect(url) as db:
        assert db.execute("select text from line").fetchone() == ("here",)


def test_two_tests_never_share_a_database(database_url: str, postgres: PostgresServer) -> None:
    assert database_url != postgres.cluster.url("postgres")
