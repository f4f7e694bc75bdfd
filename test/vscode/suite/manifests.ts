/** The manifests that the suites write, each as small as what it shows. */

/** Without a Service a habit that is missing, with one a warning. */
export function deployment(name: string, image = `registry.example.com/${name}:1.0.0`): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  selector:
    matchLabels: {app: ${name}}
  template:
    metadata:
      labels: {app: ${name}}
    spec:
      containers:
        - name: ${name}
          image: ${image}
          resources: {requests: {cpu: 50m, memory: 64Mi}, limits: {memory: 128Mi}}
          ports:
            - containerPort: 8080
`;
}

export function service(name: string): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector: {app: ${name}}
  ports:
    - port: 8080
`;
}

const probe = `exec:
              command: ["true"]
`;

/** A Job whose init containers each have the probe that the API refuses there. */
export function probedInits(...inits: readonly { readonly name: string; readonly probe: string }[]): string {
  const containers = inits.map(({ name, probe: key }) => `        - name: ${name}
          image: registry.example.com/${name}:1.2.0
          ${key}
            ${probe}`);
  return `apiVersion: batch/v1
kind: Job
metadata:
  name: batch
spec:
  activeDeadlineSeconds: 600
  template:
    spec:
      restartPolicy: Never
      initContainers:
${containers.join('')}      containers:
        - name: main
          image: registry.example.com/main:1.2.0
          resources: {requests: {cpu: 50m, memory: 64Mi}, limits: {memory: 128Mi}}
`;
}
