#!/bin/sh

if [ -z "$APP_KEY" ]; then
    echo "APP_KEY is not set" >&2
    exit 1
fi

php artisan config:cache
php artisan route:cache
php artisan migrate --force

# php-fpm in the background, nginx in front
php-fpm -D
nginx -g "daemon off;"
