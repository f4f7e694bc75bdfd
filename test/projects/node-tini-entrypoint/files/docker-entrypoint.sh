#!/bin/sh
set -e

# Secrets come as files.
for name in DATABASE_URL SESSION_SECRET; do
  file="/run/secrets/$name"
  if [ -f "$file" ]; then
    export "$name=$(cat "$file")"
  fi
done

case "$1" in
  migrate)
    npx knex migrate:latest
    ;;
  *)
    "$@"
    ;;
esac
