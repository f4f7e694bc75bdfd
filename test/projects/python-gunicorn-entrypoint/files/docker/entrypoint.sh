#!/usr/bin/env bash
set -o errexit
set -o pipefail
set -o nounset

wait_for_db() {
  until python - <<PY
import os, socket, sys
try:
    socket.create_connection((os.environ["DB_HOST"], 5432), 1)
except OSError:
    sys.exit(1)
PY
  do
    echo "waiting for ${DB_HOST}"
    sleep 1
  done
}

wait_for_db
python manage.py migrate --noinput
python manage.py collectstatic --noinput

if [ "${ENVIRONMENT:-production}" = "development" ]; then
  python manage.py runserver 0.0.0.0:8000
else
  gunicorn config.wsgi:application \
    --bind 0.0.0.0:8000 \
    --workers "${WEB_CONCURRENCY:-3}" \
    --access-logfile -
fi
