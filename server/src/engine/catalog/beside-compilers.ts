import { isDevelopmentPackage, runtimeLibrary } from './runtime-packages.ts';

/**
 * Packages that people install beside a compiler, and that do not depend on it: removing the one leaves the other. Verified against the
 * indexes of Debian 12 and 13 (main, amd64) of 2026-11-24: none depends, through any number of steps, on a compiler, on make
 * or on what builds with them. Of Ubuntu from knowledge, not verified.
 */
const apart = new Set(
  (
    'adduser bash bundler bzip2 ca-certificates cifs-utils cpanminus cron curl default-libmysqlclient-dev default-mysql-client dnsutils dos2unix ' +
    'dumb-init ffmpeg file fontconfig fonts-dejavu fonts-dejavu-core fonts-liberation gdal-bin gettext gettext-base ghostscript git git-lfs gnupg ' +
    'gnupg2 gosu graphviz gzip haproxy htop imagemagick iproute2 iptables iputils-ping jq less libaio1 libasound2 libatomic1 libcairo2 libcap2-bin ' +
    'libffi8 libgdal32 libgdk-pixbuf-2.0-0 libgdk-pixbuf2.0-0 libgl1 libgl1-mesa-glx libglib2.0-0 libgomp1 libgssapi-krb5-2 libjemalloc2 liblua5.4-dev ' +
    'libmagic1 libmariadb3 libnss3 libopenblas0 libpango-1.0-0 libpangocairo-1.0-0 libpangoft2-1.0-0 libpcre3 libperl-dev libpq5 libproj25 ' +
    'libpython3-dev libreoffice libsasl2-modules libsm6 libsnappy1v5 libsqlite3-0 libssl3 libvips42 libxext6 libxml2 libxrender1 libxslt1.1 locales ' +
    'logrotate lsb-release lua5.4 mariadb-client media-types memcached mime-support mupdf-tools nano net-tools netbase netcat-openbsd ' +
    'netcat-traditional nfs-common nginx nginx-light nodejs openssh-client openssl pandoc patch perl pipx poppler-utils postgresql-client procps psmisc ' +
    'python-is-python3 python3 python3-dev python3-pip python3-setuptools python3-venv python3-wheel redis-server redis-tools rsync ruby ruby-dev ' +
    'shared-mime-info socat sqlite3 ssh strace sudo supervisor tar tesseract-ocr tesseract-ocr-eng tini tzdata unzip vim vim-tiny wget whois xz-utils ' +
    'zip zstd'
  ).split(' '),
);

/**
 * Does a package of Debian or Ubuntu stay when apt removes the compilers? False for all that nobody looked up: freeradius, varnish and 1,600
 * others go along. Of `-dev` packages it is verified for all in the table of libraries, as long as their headers stay.
 */
export function staysWithoutCompiler(name: string, release: string | undefined): boolean {
  return apart.has(name) || (isDevelopmentPackage(name) && runtimeLibrary(name, 'debian', release) !== undefined);
}
