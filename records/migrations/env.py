"""What Alembic runs: every migration in one transaction, one migrator at a time."""

from alembic import context
from sqlalchemy import text

from records.migrate import declared

# Any number, the same in every migrator: two that start together take turns.
ONE_AT_A_TIME = 5_141_400


def run() -> None:
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=declared(), compare_server_default=True)
    with context.begin_transaction():
        connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
        context.run_migrations()


run()
