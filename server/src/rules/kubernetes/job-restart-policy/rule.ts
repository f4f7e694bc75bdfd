import type { Fix } from '../../../engine/core/finding.ts';
import { message } from '../../../engine/core/message.ts';
import { isMissing, type Job, jobsOf } from '../../../engine/kubernetes/job.ts';
import { manifestRule } from '../../../engine/rule-kinds.ts';
import { set } from '../../../engine/yaml/edit.ts';

const texts = {
  missing: {
    en: '{kind} "{name}" sets no restartPolicy, and the API server refuses the default Always in a Job. Set Never or OnFailure.',
    zh: '{kind}“{name}”没有设置 restartPolicy，而 API 服务器不接受 Job 使用默认值 Always。请设置为 Never 或 OnFailure。',
  },
  wrong: {
    en: 'The API server refuses restartPolicy {value} in {kind} "{name}". Set Never or OnFailure.',
    zh: 'API 服务器会拒绝{kind}“{name}”中的 restartPolicy {value}。请设置为 Never 或 OnFailure。',
  },
  policy: {
    en: '{kind} "{name}" has a podFailurePolicy, which the API server accepts only with restartPolicy Never. Set Never.',
    zh: '{kind}“{name}”定义了 podFailurePolicy，API 服务器只在 restartPolicy 为 Never 时接受它。请设置为 Never。',
  },
  Never: { en: 'Set restartPolicy: Never (a new Pod for every retry)', zh: '设置 restartPolicy: Never（每次重试都新建 Pod）' },
  OnFailure: { en: 'Set restartPolicy: OnFailure (retry in the same Pod)', zh: '设置 restartPolicy: OnFailure（在同一个 Pod 中重试）' },
};

type Problem = 'missing' | 'wrong' | 'policy';
type Policy = 'Never' | 'OnFailure';

/**
 * Source: kubernetes/kubernetes, pkg/apis/batch/validation/validation.go, validateJobSpec. KEDA sets OnFailure where a
 * ScaledJob says nothing (kedacore/keda, pkg/scaling/executor/scale_jobs.go), so only an explicit policy is wrong in
 * custom resources.
 */
export default manifestRule(
  {
    id: 'kubernetes/job-restart-policy',
    guideline: 'job-deadline',
    title: { en: 'A Job has a restartPolicy that the API server refuses.', zh: 'Job 的 restartPolicy 会被 API 服务器拒绝。' },
    severities: ['error'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    mayReveal: [],
  },
  function* (manifest) {
    for (const job of jobsOf(manifest)) {
      const problem = problemOf(job);
      if (problem === undefined) continue;
      const policy = job.podSpec.get('restartPolicy');
      yield {
        span: policy.span,
        place: `${manifest.place}:${policy.path}`,
        severity: 'error',
        message: message(texts[problem], { kind: manifest.kind, name: job.title, value: policy.text ?? '' }),
        fixes: policiesFor(job).map((value): Fix => ({
          key: value === 'Never' ? 'never' : 'on-failure',
          title: message(texts[value]),
          safety: 'suggestion',
          outcome: () => set(policy, value),
        })),
      };
    }
  },
);

function problemOf({ spec, podSpec, isBuiltIn }: Job): Problem | undefined {
  const policy = podSpec.get('restartPolicy');
  if (isMissing(policy) || policy.text === '') return isBuiltIn ? 'missing' : undefined;
  if (policy.text === undefined || policy.text === 'Never') return undefined;
  if (policy.text !== 'OnFailure') return 'wrong';
  return spec.get('podFailurePolicy').kind === 'map' ? 'policy' : undefined;
}

/** Best first. What was nearly written comes first, else Never: it leaves the failed Pods and their logs to be read. */
function policiesFor({ spec, podSpec }: Job): readonly Policy[] {
  if (!isMissing(spec.get('podFailurePolicy'))) return ['Never'];
  const meant = podSpec.get('restartPolicy').text?.toLowerCase().replace(/[^a-z]/g, '');
  return meant === 'onfailure' ? ['OnFailure', 'Never'] : ['Never', 'OnFailure'];
}
