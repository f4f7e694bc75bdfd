/** The check of a conversion must notice whatever a defect of the conversion could lose. */
import { describe, expect, it } from 'vitest';
import { checkConversion } from '../../server/src/actions/multi-stage/check.ts';
import { convert } from '../../server/src/actions/multi-stage/convert.ts';
import { go } from '../../server/src/actions/multi-stage/go.ts';
import { isRefusal } from '../../server/src/actions/multi-stage/recipe.ts';
import { siteOf } from '../../server/src/actions/multi-stage/site.ts';
import { splitOf } from '../../server/src/actions/multi-stage/split.ts';
import { startOf } from '../../server/src/actions/multi-stage/start.ts';
import type { DocumentEdit } from '../../server/src/engine/core/finding.ts';
import { render } from '../../server/src/engine/core/message.ts';
import { parseDockerfile } from '../../server/src/engine/dockerfile/view.ts';

const text = `FROM golang:1.27
LABEL a=b
ARG VERSION=1
ENV LOG_LEVEL=info
EXPOSE 8080
VOLUME /data
STOPSIGNAL SIGINT
HEALTHCHECK CMD curl -f http://localhost:8080/
RUN useradd app
USER app
WORKDIR /src
LABEL version=$VERSION
ENTRYPOINT ["./server"]
CMD ["serve"]
COPY templates ./templates
COPY *.go ./
RUN go build -o server .
`;

function converted(): { readonly edits: readonly DocumentEdit[]; readonly check: (edits: readonly DocumentEdit[]) => string | undefined } {
  const stage = parseDockerfile(text).stages[0];
  const start = stage === undefined ? undefined : startOf(stage);
  if (stage === undefined || start === undefined || go.habits === undefined || go.plan === undefined) throw new Error('the sample does not parse');
  const { habits } = go;
  const site = siteOf(stage);
  const recognition = go.recognise(site, start);
  const plan = recognition === undefined ? undefined : go.plan(site, start, recognition);
  if (plan === undefined || isRefusal(plan)) throw new Error('no plan');
  const split = splitOf(site, start, habits, plan);
  if (isRefusal(split)) throw new Error(render(split.refused, 'en'));
  const candidates = plan.candidates(split.needs);
  const candidate = isRefusal(candidates) ? undefined : candidates[0];
  if (candidate === undefined) throw new Error('no candidate');
  const outcome = convert(site, habits, plan, split, candidate);
  if (outcome.kind === 'refused') throw new Error(render(outcome.reason, 'en'));
  return {
    edits: outcome.edits,
    check: (edits) => {
      const problem = checkConversion(site, habits, split, candidate, edits);
      return problem === undefined ? undefined : render(problem.refused, 'en');
    },
  };
}

/** The edits with one line of the new stage left out. */
function without(edits: readonly DocumentEdit[], line: string): readonly DocumentEdit[] {
  return edits.map((edit) => ({ ...edit, newText: edit.newText.replace(`\n${line}`, '') }));
}

describe('checkConversion', () => {
  const { edits, check } = converted();
  const lines = (edits.find(({ newText }) => newText.includes('\nFROM '))?.newText ?? '').split('\n').filter((line) => line !== '');

  it('accepts the conversion itself', () => {
    expect(check(edits)).toBeUndefined();
    expect(lines.map((line) => line.split(' ')[0])).toEqual(
      ['FROM', 'LABEL', 'ARG', 'ENV', 'RUN', '', '', 'RUN', 'USER', 'WORKDIR', 'LABEL', 'COPY', 'COPY', 'EXPOSE', 'VOLUME', 'STOPSIGNAL', 'HEALTHCHECK', 'ENTRYPOINT', 'CMD'],
    );
  });

  const settings = lines.filter((line) => /^(?:FROM|LABEL|ARG|ENV|USER|WORKDIR|COPY|EXPOSE|VOLUME|STOPSIGNAL|HEALTHCHECK|ENTRYPOINT|CMD)/.test(line));
  it.each(settings)('notices that "%s" is gone', (line) => {
    const mutant = without(edits, line);
    expect(mutant).not.toEqual(edits);
    expect(check(mutant)).toBeDefined();
  });

  it('notices a changed build line', () => {
    const at = text.indexOf('-o server');
    expect(check([...edits, { span: { start: at, end: at + 2 }, newText: '-O' }])).toMatch(/RUN/);
  });

  it('notices a path that nothing makes, a stage that is not there, and a changed value', () => {
    const change = (from: string, to: string): string | undefined => check(edits.map((edit) => ({ ...edit, newText: edit.newText.replace(from, to) })));
    expect(change('/src/server ./server', '/src/sever ./server')).toMatch(/sever/);
    expect(change('--from=build --chown=app /src/server', '--from=7 --chown=app /src/server')).toMatch(/from=7/);
    expect(change('LOG_LEVEL=info', 'LOG_LEVEL=debug')).toMatch(/LOG_LEVEL/);
    expect(change('EXPOSE 8080', 'EXPOSE 80')).toMatch(/EXPOSE/);
    expect(change('["./server"]', '["./other"]')).toMatch(/ENTRYPOINT/);
  });
});
