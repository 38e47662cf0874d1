#!/bin/sh
# Run once by the postgres image, on an empty volume. The application must not be a superuser:
# a superuser could switch off the triggers that keep the journal append-only.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres -v password="$APPLICATION_PASSWORD" <<'SQL'
CREATE ROLE expo LOGIN CREATEROLE PASSWORD :'password';
CREATE DATABASE expo OWNER expo;
SQL
