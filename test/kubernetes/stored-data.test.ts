import { describe, expect, it } from 'vitest';
import { dataDirs, dataDirsOf } from '../../server/src/engine/catalog/data-dirs.ts';
import { parseImageRef } from '../../server/src/engine/catalog/image-ref.ts';
import { namedDirectory } from '../../server/src/engine/catalog/named-dirs.ts';
import { commandWords, variablesOf } from '../../server/src/engine/kubernetes/command-line.ts';
import { manifestsOf } from '../../server/src/engine/kubernetes/manifest.ts';
import { effectiveImage, restingPlace, storedData } from '../../server/src/engine/kubernetes/stored-data.ts';
import type { ObjectRoot } from '../../server/src/engine/kubernetes/types.ts';
import { volumesOf } from '../../server/src/engine/kubernetes/volumes.ts';
import type { Container } from '../../server/src/engine/kubernetes/workload.ts';
import { parseDocument } from '../../server/src/engine/yaml/document.ts';

function paths(image: string): readonly string[] | string | undefined {
  const ref = parseImageRef(image);
  return ref === undefined ? undefined : dataDirsOf(ref)?.paths;
}

interface Read {
  readonly container: Container;
  /** Where its data goes, as `kind path` of what it rests on. */
  readonly rest: string | undefined;
}

/** A container of a Pod with three volumes: `claim`, `scratch` (an emptyDir), `config` (a ConfigMap). */
function read(container: string): Read {
  const volumes = '[{name: claim, persistentVolumeClaim: {claimName: c}}, {name: scratch, emptyDir: {}}, {name: config, configMap: {name: c}}]';
  const [manifest] = manifestsOf(parseDocument(`apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  volumes: ${volumes}\n  containers: [${container}]\n`).root.as<ObjectRoot>());
  const workload = manifest?.workload;
  const found = workload?.containers[0];
  if (manifest === undefined || workload === undefined || found === undefined) throw new Error(`no container: ${container}`);
  const data = found.image === undefined ? undefined : storedData(found, found.image);
  if (data === undefined) return { container: found, rest: undefined };
  const rest = restingPlace(found, data, volumesOf(manifest, workload));
  return { container: found, rest: 'mount' in rest ? `${rest.kind} ${rest.mount.path ?? ''}` : rest.kind };
}

const rest = (container: string): string | undefined => read(container).rest;
const mounts = (...all: readonly string[]): string => `volumeMounts: [${all.map((each) => `{name: ${each.replace(' ', ', mountPath: ')}}`).join(', ')}]`;

describe('the catalog of data directories', () => {
  it('knows images by name and version', () => {
    expect(['postgres:9.6', 'postgres:17.2-alpine', 'pgvector/pgvector:pg16', 'timescale/timescaledb:2.17.2-pg17'].map(paths)).toEqual(Array.from({ length: 4 }, () => ['/var/lib/postgresql/data']));
    expect(['postgres:18', 'postgres:latest', 'postgres', 'postgis/postgis:18-3.6', 'timescale/timescaledb:latest'].map(paths)).toEqual(Array.from({ length: 5 }, () => ['/var/lib/postgresql']));
    expect([paths('influxdb:1.8'), paths('influxdb:2.7'), paths('influxdb:3-core')]).toEqual([['/var/lib/influxdb'], ['/var/lib/influxdb2'], undefined]);
    expect([paths('bitnamilegacy/postgresql:16'), paths('docker.io/bitnami/redis')]).toEqual([['/bitnami/postgresql'], ['/bitnami/redis/data']]);
    expect([paths('memcached'), paths('example.com/mine/postgres-backup:1'), paths('docker:28-cli')]).toEqual([undefined, undefined, undefined]);
  });

  it('names clean absolute directories, and the source of each row', () => {
    for (const row of dataDirs) {
      const named = [...(row.paths === 'operand' ? [] : row.paths), ...(row.volumes ?? []), ...(row.accepts ?? []), ...(row.stale === undefined ? [] : [row.stale])];
      expect(named.filter((path) => !/^(?:\/[\w.-]+)+$/.test(path)), row.images.join()).toEqual([]);
      expect(row.images.filter((image) => image !== image.toLowerCase() || image.includes(':')), row.images.join()).toEqual([]);
      expect(row.source).not.toBe('');
    }
  });
});

describe('what a container keeps', () => {
  it('follows its flags and variables', () => {
    expect(rest(`{name: a, image: "mongo:8", args: [--dbpath=/srv/db], ${mounts('claim /srv')}}`)).toBe('volume /srv');
    expect(rest(`{name: a, image: "mongo:8", command: [mongod, --dbpath, /srv/db], ${mounts('claim /data/db')}}`)).toBe('unknown');
    expect(rest(`{name: a, image: "mongo:8", command: [sh, -c, "exec mongod --dbpath /srv/db"]}`)).toBe('layer');
    expect(rest(`{name: a, image: "postgres:17", env: [{name: PGDATA, value: /srv}], ${mounts('claim /srv/')}}`)).toBe('volume /srv');
    expect(rest('{name: a, image: "postgres:17", env: [{name: PGDATA, value: $(HOME)/x}]}')).toBeUndefined();
    expect(rest(`{name: a, image: "minio/minio", args: [server, --console-address, ":9001", /a, /b], ${mounts('claim /b')}}`)).toBe('volume /b');
    expect(rest('{name: a, image: "minio/minio", args: [server, "http://m{0...3}/data"]}')).toBeUndefined();
  });

  it('is nothing for another program, or in a set-up without data', () => {
    expect(rest('{name: a, image: "mysql:8", command: [mysqldump, --all-databases]}')).toBeUndefined();
    expect(rest('{name: a, image: "nats:2"}')).toBeUndefined();
    expect(rest('{name: a, image: "nats:2", args: [-js, -sd, /data]}')).toBe('layer');
    expect(rest('{name: a, image: "prom/prometheus:v3.5.0", args: [--agent]}')).toBeUndefined();
    expect(rest('{name: a, image: "redis:8", args: [--save, "60", "1"]}')).toBe('layer');
    expect(rest('{name: a, image: "redis:8", args: [--save, "", --appendonly, "yes"]}')).toBe('layer');
  });
});

describe('where data comes to rest', () => {
  it('is a volume at the directory, above it or below it, but none that holds what is given', () => {
    expect(rest(`{name: a, image: "mysql:8", ${mounts('scratch /var/lib')}}`)).toBe('unknown');
    expect(rest(`{name: a, image: "mysql:8", ${mounts('scratch /var/lib/mysql')}}`)).toBe('volume /var/lib/mysql');
    expect(rest(`{name: a, image: "ghost:5", ${mounts('claim /var/lib/ghost')}}`)).toBe('volume /var/lib/ghost');
    expect(rest(`{name: a, image: "ghost:5", ${mounts('claim /var/lib/ghost/content/images')}}`)).toBe('volume /var/lib/ghost/content/images');
    expect(rest(`{name: a, image: "ghost:5", ${mounts('config /var/lib/ghost/content/settings')}}`)).toBe('layer');
    expect(rest(`{name: a, image: "ghost:5", ${mounts('config /var/lib/ghost/content')}}`)).toBe('unknown');
    expect(rest(`{name: a, image: "ghost:5", ${mounts('scratch /tmp', 'config /etc/ghost')}}`)).toBe('layer');
    expect(rest(`{name: a, image: "ghost:5", ${mounts('claim /elsewhere')}}`)).toBe('unknown');
  });

  it('is not the mount above a volume of the image, unless something is mounted at that one, too', () => {
    expect(rest(`{name: a, image: "mongo:8", ${mounts('claim /data')}}`)).toBe('shadowed /data');
    expect(rest(`{name: a, image: "mongo:8", ${mounts('claim /data', 'scratch /data/db')}}`)).toBe('volume /data/db');
    expect(rest(`{name: a, image: "mongo:8", args: [--dbpath, /data/mine], ${mounts('claim /data')}}`)).toBe('volume /data');
    expect(rest(`{name: a, image: "postgres:17", envFrom: [{secretRef: {name: s}}], ${mounts('claim /var/lib/postgresql')}}`)).toBe('unknown');
    expect(rest(`{name: a, image: "postgres:18", ${mounts('claim /var/lib/postgresql/data')}}`)).toBe('shadowed /var/lib/postgresql/data');
    expect(rest(`{name: a, image: "postgres:18", env: [{name: PGDATA, value: /var/lib/postgresql/data}], ${mounts('claim /var/lib/postgresql/data')}}`)).toBe('volume /var/lib/postgresql/data');
    expect(rest(`{name: a, image: "apache/kafka:4.1.0", ${mounts('claim /var/lib/kafka/data', 'config /mnt/shared/config')}}`)).toBe('unknown');
  });
});

describe('an image that overlays change', () => {
  const image = parseImageRef('postgres:17');
  const after = (...changes: readonly { newName?: string; newTag?: string }[]): string | undefined =>
    image === undefined ? undefined : effectiveImage(image, changes.map(({ newName, newTag }) => ({ newName, newTag })))?.image.repository;

  it('is what all of them make of it', () => {
    expect(after()).toBe('postgres');
    expect(after({ newName: 'mirror.example.com/library/postgres' })).toBe('library/postgres');
    expect(after({ newTag: '17.1' }, { newTag: '16' })).toBe('postgres');
    expect(after({ newTag: '17' }, { newTag: '18' })).toBeUndefined();
    expect(after({ newName: '${x}' })).toBeUndefined();
  });
});

describe('directories that are named', () => {
  it('are absolute, and not made to be lost', () => {
    const named = (rest: string): string | undefined => {
      const { container } = read(`{name: a, image: own, ${rest}}`);
      const found = namedDirectory(commandWords(container), variablesOf(container));
      return found === undefined ? undefined : `${found.by} ${found.path}`;
    };
    expect(named('args: [--data-dir, /srv/x/]')).toBe('--data-dir /srv/x');
    expect(named('args: [--storage.path=data], env: [{name: DATA_PATH, value: /srv}]')).toBe('DATA_PATH /srv');
    expect(named('args: [--data-dir=/tmp/x], env: [{name: METADATA_DIR, value: /x}, {name: DATA_DIR, value: $(X)/y}]')).toBeUndefined();
  });
});
