#!/bin/sh
set -e
composer dump-env prod
exec "$@"
