#!/bin/sh
# Brings Temporal's two databases to the schema of the server's release; run again, it changes nothing.
set -eu
for store in temporal:temporal temporal_visibility:visibility; do
    database=${store%%:*}
    tool="temporal-sql-tool --plugin postgres12_pgx --ep ${POSTGRES_SEEDS} --port ${DB_PORT} --db ${database}"
    $tool create
    # Says that the tables exist already when it is not the first time.
    $tool setup-schema --version 0.0 || echo "${database} has been set up before"
    $tool update-schema --schema-name "postgresql/v12/${store##*:}"
done
