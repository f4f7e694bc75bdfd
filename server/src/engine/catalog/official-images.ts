import { type ImageRef, officialName } from './image-ref.ts';

/**
 * Docker official images, deprecated ones too. From general knowledge, not read off docker-library/official-images: one
 * that is missing costs a finding its severity, never more.
 */
const names = new Set(
  (
    'adminer adoptopenjdk aerospike almalinux alpine alt amazoncorretto amazonlinux api-firewall arangodb archlinux backdrop bash bonita buildpack-deps busybox ' +
    'caddy cassandra centos chronograf cirros clearlinux clefos clickhouse clojure composer consul convertigo couchbase couchdb crate crux dart debian docker ' +
    'drupal eclipse-mosquitto eclipse-temurin eggdrop elasticsearch elixir emqx erlang euleros express-gateway fedora flink fluentd friendica gazebo gcc geonetwork ' +
    'ghost golang gradle groovy haproxy haskell haxe hello-seattle hello-world hipache hitch hola-mundo httpd hylang ibm-semeru-runtimes ibmjava influxdb ' +
    'irssi jenkins jetty jobber joomla jruby julia kaazing-gateway kapacitor kibana known kong krakend lightstreamer liquibase logstash mageia mariadb ' +
    'matomo maven mediawiki memcached mongo mongo-express mono monica mysql nats nats-streaming neo4j neurodebian nextcloud nginx node notary nuxeo odoo ' +
    'open-liberty openjdk opensuse oraclelinux orientdb percona perl photon php php-zendserver phpmyadmin piwik plone postfixadmin postgres pypy python ' +
    'r-base rabbitmq rakudo-star rapidoid redis redmine registry rethinkdb rocket.chat rockylinux ros ruby rust sapmachine satosa scratch sentry silverpeas ' +
    'sl solr sonarqube sourcemage spark spiped storm swarm swift swipl teamspeak telegraf thrift tomcat tomee traefik ubuntu unit varnish vault ' +
    'websphere-liberty wordpress xwiki yourls znc zookeeper'
  ).split(' '),
);

/**
 * A name without registry and organisation that Docker Hub does not have. Nobody can pull it, so a tool that builds it
 * puts another name in its place (Skaffold, Tilt), or it is loaded into the node (kind, minikube).
 */
export function isLocalName(ref: ImageRef): boolean {
  const official = officialName(ref);
  return official !== undefined && !ref.text.includes('/') && !names.has(official);
}
