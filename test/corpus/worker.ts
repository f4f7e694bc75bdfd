// Does the jobs that scripts/test-corpus.mjs hands out, one after the other. A process, because some defects end it.
import { doJob, fileOf, files, jobsOf, type Job } from './jobs.ts';
import { missing } from './corpus.ts';

export type Report =
  | { readonly kind: 'ready'; readonly missing: string | undefined; readonly jobs: readonly Job[] }
  | { readonly kind: 'at'; readonly at: number }
  | ({ readonly kind: 'done' } & ReturnType<typeof doJob>);

const all = files();
const byPath = new Map(all.map((file) => [file.path, file]));
const report = (what: Report): void => void process.send?.(what);

process.on('message', (job: Job) => {
  const file = fileOf(byPath, job);
  let heard = performance.now();
  const told = (at: number): void => {
    if (performance.now() - heard < 100) return;
    heard = performance.now();
    report({ kind: 'at', at });
  };
  report({ kind: 'done', ...(file === undefined ? { texts: 0, fixes: 0, skipped: 0, broken: [`${job.path} is not there`] } : doJob(job, file, told)) });
});
report({ kind: 'ready', missing, jobs: process.argv.includes('--list') ? jobsOf(all) : [] });
