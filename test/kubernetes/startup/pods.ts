import { manifest } from './support.ts';

/**
 * Pods whose times were worked out by hand. D, P, T, F: initialDelaySeconds (0), periodSeconds (10), timeoutSeconds (1) and
 * failureThreshold (3) with their defaults. The formulae, for a container started at S that sleeps B seconds first:
 *
 *     startupProbe   earliest S + max(D, B) · likely S + max(D, B) + P + T · worst S + D + P + (F - 1) · max(P, T) + T
 *     readinessProbe earliest max(started, S + D) · likely that + P · no worst case
 *     next container at once behind a startupProbe, 0 to 1 s (one look of the kubelet) behind everything else
 */
export interface WorkedPod {
  readonly name: string;
  readonly text: string;
  /** Minor version; 35 where none is given. */
  readonly version?: number;
  /** name, kind, gate, start, started, ready. */
  readonly starts: readonly string[];
  /** Of the Pod. */
  readonly ready: string;
  readonly why: string;
  /** name, SIGTERM, SIGKILL, end. */
  readonly stops?: readonly string[];
  readonly requests?: readonly [cpu: number, memory: number];
  readonly limits?: readonly [cpu: number, memory: number];
  readonly uncounted?: readonly string[];
}

const Mi = 2 ** 20;
const app = 'containers: [{name: app, image: app:1}]';

/** Examples of kubernetes.io, by the page or the file of its repository. */
export const documented: readonly WorkedPod[] = [
  {
    name: 'init containers page: myapp-pod waits for myservice and mydb',
    text: manifest('Pod', `
containers: [{name: myapp-container, image: "busybox:1.28", command: [sh, -c, "echo The app is running! && sleep 3600"]}]
initContainers:
- {name: init-myservice, image: "busybox:1.28", command: [sh, -c, "until nslookup myservice.default.svc.cluster.local; do echo waiting for myservice; sleep 2; done"]}
- {name: init-mydb, image: "busybox:1.28", command: [sh, -c, "until nslookup mydb.default.svc.cluster.local; do echo waiting for mydb; sleep 2; done"]}`),
    starts: ['init-myservice init exit 0 0 -', 'init-mydb init exit 0/1/1 0/1/1 -', 'myapp-container app none 0/2/2 0/2/2 0/2/2'],
    ready: '0/2/2',
    uncounted: ['init-myservice', 'init-mydb'],
    why: 'The loops end when a Service is there, which no file says: they are not counted. Each end is noticed within 1 s, so the app comes at 1 + 1.',
  },
  {
    name: 'init-containers.yaml: install fetches a page for nginx',
    text: manifest('Pod', `
containers: [{name: nginx, image: nginx, ports: [{containerPort: 80}], volumeMounts: [{name: workdir, mountPath: /usr/share/nginx/html}]}]
initContainers: [{name: install, image: "busybox:1.28", command: [wget, -O, /work-dir/index.html, "http://info.cern.ch"], volumeMounts: [{name: workdir, mountPath: /work-dir}]}]
volumes: [{name: workdir, emptyDir: {}}]`),
    starts: ['install init exit 0 0 -', 'nginx app none 0/1/1 0/1/1 0/1/1'],
    ready: '0/1/1',
    uncounted: ['install'],
    why: 'One end to notice: 0 to 1 s.',
  },
  {
    name: 'sidecar containers page: deployment-sidecar.yaml',
    text: manifest('Deployment', `
containers: [{name: myapp, image: "alpine:latest", command: [sh, -c, 'while true; do echo "logging" >> /opt/logs.txt; sleep 1; done'], volumeMounts: [{name: data, mountPath: /opt}]}]
initContainers: [{name: logshipper, image: "alpine:latest", restartPolicy: Always, command: [sh, -c, "tail -F /opt/logs.txt"], volumeMounts: [{name: data, mountPath: /opt}]}]
volumes: [{name: data, emptyDir: {}}]`),
    starts: ['logshipper sidecar none 0 0 0', 'myapp app none 0/1/1 0/1/1 0/1/1'],
    ready: '0/1/1',
    stops: ['myapp 0 30 0/0/30', 'logshipper 0/0/30 30/30/32 0/0/32'],
    why: 'Nothing gates: the app starts as soon as the kubelet sees tail running. At the end the app may take its 30 s; what is left then gets 2 s.',
  },
  {
    name: 'sidecar containers page: job-sidecar.yaml',
    text: manifest('Job', `
containers: [{name: myjob, image: "alpine:latest", command: [sh, -c, 'echo "logging" > /opt/logs.txt'], volumeMounts: [{name: data, mountPath: /opt}]}]
initContainers: [{name: logshipper, image: "alpine:latest", restartPolicy: Always, command: [sh, -c, "tail -F /opt/logs.txt"], volumeMounts: [{name: data, mountPath: /opt}]}]
restartPolicy: Never
volumes: [{name: data, emptyDir: {}}]`),
    starts: ['logshipper sidecar none 0 0 0', 'myjob app none 0/1/1 0/1/1 0/1/1'],
    ready: '0/1/1',
    why: 'As the Deployment; that it is a Job changes the end only.',
  },
  {
    name: 'startup-coordination.yaml: main-app waits for the file of config-sidecar',
    text: manifest('Pod', `
initContainers:
- name: config-sidecar
  image: registry.k8s.io/busybox:1.27.2
  restartPolicy: Always
  command: ["sh", "-c", 'echo "greeting=hello" > /config/app.conf; while true; do sleep 3600; done']
  startupProbe: {exec: {command: [test, -f, /config/app.conf]}, periodSeconds: 2}
containers: [{name: main-app, image: "registry.k8s.io/busybox:1.27.2", command: [sh, -c, 'cat /config/app.conf; while true; do sleep 3600; done']}]`),
    starts: ['config-sidecar sidecar startupProbe 0 0/3/7 0/3/7', 'main-app app none 0/3/7 0/3/7 0/3/7'],
    ready: '0/3/7',
    why: 'P 2, T 1, F 3: likely 2 + 1; worst 2 + 2 · 2 + 1. The result of a startupProbe is acted on at once.',
  },
  {
    name: 'resources.yaml: setup, then log-shipper beside app',
    text: manifest('Pod', `
initContainers:
- {name: setup, image: busybox, command: [sh, -c, echo setting up], resources: {requests: {cpu: 200m, memory: 64Mi}, limits: {memory: 64Mi}}}
- {name: log-shipper, image: busybox, restartPolicy: Always, command: [sh, -c, while true; do sleep 3600; done], resources: {requests: {cpu: 50m, memory: 64Mi}, limits: {memory: 64Mi}}}
containers: [{name: app, image: "nginx:1.29", resources: {requests: {cpu: 300m, memory: 128Mi}, limits: {memory: 128Mi}}}]`),
    starts: ['setup init exit 0 0 -', 'log-shipper sidecar none 0/1/1 0/1/1 0/1/1', 'app app none 0/2/2 0/2/2 0/2/2'],
    ready: '0/2/2',
    requests: [0.35, 192 * Mi],
    limits: [Infinity, 192 * Mi],
    why: 'Running: 50m + 300m and 64Mi + 128Mi, more than setup alone (200m, 64Mi). Nobody has a CPU limit, so the Pod has none.',
  },
  {
    name: 'ambassador.yaml: socat without a gate',
    text: manifest('Pod', `
initContainers: [{name: ambassador-sidecar, image: "docker.io/alpine/socat:1.8.0.3", restartPolicy: Always, args: ["tcp-listen:5432,fork", "tcp-connect:external-db.example.com:5432"], ports: [{containerPort: 5432}]}]
containers: [{name: main-app, image: busybox, command: [sh, -c, while true; do sleep 3600; done], env: [{name: DATABASE_URL, value: "localhost:5432"}]}]`),
    starts: ['ambassador-sidecar sidecar none 0 0 0', 'main-app app none 0/1/1 0/1/1 0/1/1'],
    ready: '0/1/1',
    why: 'No startupProbe and no hook: the app may start before the port is open.',
  },
  {
    name: 'adapter.yaml: a sidecar that rewrites logs',
    text: manifest('Pod', `
initContainers: [{name: adapter, image: busybox, restartPolicy: Always, command: [sh, -c, 'touch /var/log/app/raw.log; tail -F /var/log/app/raw.log | while read line; do echo "adapted: $line"; done']}]
containers: [{name: main-app, image: busybox, command: [sh, -c, 'while true; do echo "$(date) raw event" >> /var/log/app/raw.log; sleep 2; done']}]`),
    starts: ['adapter sidecar none 0 0 0', 'main-app app none 0/1/1 0/1/1 0/1/1'],
    ready: '0/1/1',
    why: 'As above.',
  },
  {
    name: 'restart-all-containers.yaml: an init container, a sidecar and the app',
    text: manifest('Pod', `
restartPolicy: Never
initContainers:
- {name: setup-environment, image: busybox, command: [sh, -c, 'echo "Setting up environment"']}
- {name: watcher-sidecar, image: busybox, command: [sh, -c, sleep 60; exit 88], restartPolicy: Always, restartPolicyRules: [{action: RestartAllContainers, exitCodes: {operator: In, values: [88]}}]}
containers: [{name: main-application, image: busybox, command: [sh, -c, 'echo "Application is running"; sleep 3600']}]`),
    version: 36,
    starts: ['setup-environment init exit 0 0 -', 'watcher-sidecar sidecar none 0/1/1 0/1/1 0/1/1', 'main-application app none 0/2/2 0/2/2 0/2/2'],
    ready: '0/2/2',
    uncounted: ['setup-environment'],
    why: 'What the sidecar sleeps keeps nobody waiting: it has no probe.',
  },
  {
    name: 'lifecycle-events.yaml: a postStart hook that writes, a preStop hook that waits for nginx',
    text: manifest('Pod', `
containers:
- name: lifecycle-demo-container
  image: nginx
  lifecycle:
    postStart: {exec: {command: [/bin/sh, -c, echo Hello from the postStart handler > /usr/share/message]}}
    preStop: {exec: {command: [/bin/sh, -c, "nginx -s quit; while killall -0 nginx; do sleep 1; done"]}}`),
    starts: ['lifecycle-demo-container app postStart 0 0/0/∞ 0/0/∞'],
    ready: '0/0/∞',
    stops: ['lifecycle-demo-container 0/0/30 30/30/32 0/0/32'],
    why: 'The kubelet waits for hooks without a limit. At the end the hook may take all 30 s; then SIGTERM leaves 2 s.',
  },
  {
    name: 'exec-liveness.yaml: a liveness probe only',
    text: manifest('Pod', `
containers: [{name: liveness, image: busybox, args: [/bin/sh, -c, touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600], livenessProbe: {exec: {command: [cat, /tmp/healthy]}, initialDelaySeconds: 5, periodSeconds: 5}}]`),
    starts: ['liveness app none 0 0 0'],
    ready: '0',
    why: 'Liveness counts for neither start nor readiness.',
  },
  {
    name: 'http-liveness.yaml',
    text: manifest('Pod', 'containers: [{name: liveness, image: agnhost, args: [liveness], livenessProbe: {httpGet: {path: /healthz, port: 8080}, initialDelaySeconds: 3, periodSeconds: 3}}]'),
    starts: ['liveness app none 0 0 0'],
    ready: '0',
    why: 'As above.',
  },
  {
    name: 'tcp-liveness-readiness.yaml: ready after 15 s at the earliest',
    text: manifest('Pod', `
containers: [{name: goproxy, image: "registry.k8s.io/goproxy:0.1", ports: [{containerPort: 8080}],
  readinessProbe: {tcpSocket: {port: 8080}, initialDelaySeconds: 15, periodSeconds: 10}, livenessProbe: {tcpSocket: {port: 8080}, initialDelaySeconds: 15, periodSeconds: 10}}]`),
    starts: ['goproxy app none 0 0 15/25/∞'],
    ready: '15/25/∞',
    why: 'D 15, P 10: earliest 15, likely 15 + 10; nobody kills what is not ready.',
  },
  {
    name: 'grpc-liveness.yaml',
    text: manifest('Pod', 'containers: [{name: etcd, image: "registry.k8s.io/etcd:3.5.1-0", ports: [{containerPort: 2379}], livenessProbe: {grpc: {port: 2379}, initialDelaySeconds: 10}}]'),
    starts: ['etcd app none 0 0 0'],
    ready: '0',
    why: 'As above.',
  },
  {
    name: 'probes page: startupProbe with failureThreshold 30 and periodSeconds 10',
    text: manifest('Pod', `
containers: [{name: app, image: app:1, ports: [{name: liveness-port, containerPort: 8080}], livenessProbe: {httpGet: {path: /healthz, port: liveness-port}, failureThreshold: 1, periodSeconds: 10},
  startupProbe: {httpGet: {path: /healthz, port: liveness-port}, failureThreshold: 30, periodSeconds: 10}}]`),
    starts: ['app app startupProbe 0 0/11/301 0/11/301'],
    ready: '0/11/301',
    why: 'The page says 30 · 10 = 300 s; the last attempt may take its time-out of 1 s, too: 10 + 29 · 10 + 1. Likely 10 + 1.',
  },
  {
    name: 'blog "Start Sidecar First": a readinessProbe on the sidecar does not hold the app',
    text: manifest('Deployment', `
initContainers: [{name: nginx, image: nginx:latest, restartPolicy: Always, ports: [{containerPort: 80}], readinessProbe: {httpGet: {path: /, port: 80}}}]
${app}`),
    starts: ['nginx sidecar none 0 0 0/10/∞', 'app app none 0/1/1 0/1/1 0/1/1'],
    ready: '0/10/∞',
    why: 'The app starts within 1 s. The Pod waits for the readiness of the sidecar: P 10, no limit.',
  },
  {
    name: 'blog "Start Sidecar First": a startupProbe does',
    text: manifest('Deployment', `
initContainers: [{name: nginx, image: nginx:latest, restartPolicy: Always, ports: [{containerPort: 80}], startupProbe: {httpGet: {path: /, port: 80}}}]
${app}`),
    starts: ['nginx sidecar startupProbe 0 0/11/31 0/11/31', 'app app none 0/11/31 0/11/31 0/11/31'],
    ready: '0/11/31',
    why: 'Defaults: likely 10 + 1, worst 10 + 2 · 10 + 1.',
  },
  {
    name: 'blog "Start Sidecar First": so does a postStart hook that asks until it is answered',
    text: manifest('Deployment', `
initContainers: [{name: nginx, image: nginx:latest, restartPolicy: Always, lifecycle: {postStart: {exec: {command: [/bin/sh, -c, 'while true; do curl -s localhost:80 && break; sleep 2; done']}}}}]
${app}`),
    starts: ['nginx sidecar postStart 0 0/0/∞ 0/0/∞', 'app app none 0/1/∞ 0/1/∞ 0/1/∞'],
    ready: '0/1/∞',
    why: 'The loop has no limit; behind it the kubelet takes up to 1 s to notice.',
  },
  {
    name: 'blog "Finer-Grained Control Over Container Restarts": an init container that tries once',
    text: manifest('Pod', `
restartPolicy: Always
initContainers: [{name: init-once, image: busybox, command: [sh, -c, 'echo "Failing initialization" && sleep 10 && exit 1'], restartPolicy: Never}]
containers: [{name: main-container, image: busybox, command: [sh, -c, sleep 1800 && exit 0]}]`),
    starts: ['init-once init exit 0 0 -', 'main-container app none 10/11/11 10/11/11 10/11/11'],
    ready: '10/11/11',
    uncounted: ['init-once'],
    why: 'It surely sleeps 10 s; were it to succeed, its end is noticed within 1 s.',
  },
  {
    name: 'the same before 1.35, where the policy is refused',
    version: 33,
    text: manifest('Pod', `
restartPolicy: Always
initContainers: [{name: init-once, image: busybox, command: [sh, -c, 'sleep 10 && exit 1'], restartPolicy: Never}]
containers: [{name: main-container, image: busybox}]`),
    starts: ['init-once init exit ∞ ∞ -', 'main-container app none ∞ ∞ ∞'],
    ready: '∞',
    uncounted: ['init-once'],
    why: 'Validation allows only Always there: no Pod, no start.',
  },
  {
    name: 'the same blog: two app containers with policies of their own',
    text: manifest('Pod', `
containers:
- {name: restart-on-failure, image: busybox, command: [sh, -c, 'echo "Not restarting after success" && sleep 10 && exit 0'], restartPolicy: OnFailure}
- {name: restart-always, image: busybox, command: [sh, -c, 'echo "Always restarting" && sleep 1800 && exit 0'], restartPolicy: Always}`),
    starts: ['restart-on-failure app none 0 0 0', 'restart-always app none 0 0 0'],
    ready: '0',
    why: 'App containers start in one go.',
  },
  {
    name: 'two-container-pod.yaml: nginx and a container that writes its page',
    text: manifest('Pod', `
restartPolicy: Never
containers: [{name: nginx-container, image: nginx}, {name: debian-container, image: debian, command: [/bin/sh], args: [-c, echo Hello from the debian container > /pod-data/index.html]}]`),
    starts: ['nginx-container app none 0 0 0', 'debian-container app none 0 0 0'],
    ready: '0',
    why: 'As above.',
  },
];
