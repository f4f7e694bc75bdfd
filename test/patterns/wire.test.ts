import { expect, it } from 'vitest';
import { source, wired } from './support.ts';

it('shows', () => {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata:
    name: web
spec:
    selector:
        matchLabels: {app: web}
    template:
        metadata:
            labels:
                app: web
        spec:
            containers:
            - name: web
              image: registry.example.com/web:1.2.3 # ours
              ports:
              - containerPort: 2020
`;
  console.log(wired(text, source(process.env['P'] ?? 'sidecar/log-shipping')));
  const result = wired(text, source(process.env['P'] ?? 'sidecar/log-shipping'));
  console.log('text' in result ? result.text : '');
  expect(result).toBeDefined();
});
