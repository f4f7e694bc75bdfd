import { describe, expect, it } from 'vitest';
import { explicitPullPolicy } from '../../server/src/actions/explicit-pull-policy.ts';
import { rewriteInExecForm, runUnderInitAnyway } from '../../server/src/actions/rewrites.ts';
import { convertAnyway, moveBuildSteps, serveBuiltFiles } from '../../server/src/actions/stage-rewrites.ts';
import { render } from '../../server/src/engine/core/message.ts';
import { SourceText } from '../../server/src/engine/text/source.ts';
import { applyEdits } from '../../server/src/engine/text/span.ts';
import { type BuildContext, buildContext } from '../../server/src/engine/workspace/build-context.ts';
import { WorkspaceIndex } from '../../server/src/engine/workspace/workspace-index.ts';

function rewritten(text: string, at: string): readonly string[] {
  const start = text.indexOf(at);
  const found = runUnderInitAnyway.at('dockerfile', new SourceText(text), { start, end: start });
  return [...found].map(({ edits }) => applyEdits(text, edits));
}

const server = 'FROM debian:trixie-slim\nCOPY server /server\nCMD ["/server"]\n';

describe('running under an init though no finding asks for it', () => {
  it('is offered on the start command', () => {
    expect(rewritten(server, 'CMD')[0]).toContain('ENTRYPOINT ["/usr/bin/dumb-init", "--"]\nCMD ["/server"]\n');
  });

  it('is not offered elsewhere, twice, or where the rule has its own fixes', () => {
    expect(rewritten(server, 'COPY')).toEqual([]);
    expect(rewritten('FROM debian:trixie-slim\nCMD ["dumb-init", "/server"]\n', 'CMD')).toEqual([]);
    expect(rewritten('FROM node:24\nEXPOSE 80\nCMD ["node", "a.js"]\n', 'CMD')).toEqual([]);
  });

  it('is offered where only a shell stands in the way', () => {
    expect(rewritten('FROM debian:trixie-slim\nEXPOSE 80\nCMD /server\n', 'CMD')[0]).toContain('ENTRYPOINT ["/usr/bin/dumb-init", "--"]\nCMD ["/server"]\n');
  });
});

describe('writing a command in exec form though no finding asks for it', () => {
  const execForm = (text: string, at: string): readonly string[] => {
    const start = text.indexOf(at);
    return [...rewriteInExecForm.at('dockerfile', new SourceText(text), { start, end: start })].map(({ edits }) => applyEdits(text, edits));
  };

  it.each([
    ['CMD server --port 80\n', 'CMD ["server", "--port", "80"]\n'],
    ['cmd server --port $PORT\r\n', 'cmd ["sh", "-c", "exec server --port $PORT"]\r\n'],
    ['ENTRYPOINT server\n\nCMD ["--help"]\n', 'ENTRYPOINT ["server"]\n\n'],
  ])('is offered on CMD and ENTRYPOINT, whatever the shell: %j', (command, wanted) => {
    for (const stage of ['FROM alpine:3.22\n', 'FROM alpine:3.22 AS dev\n']) {
      expect(execForm(`${stage}${command}FROM scratch\n`, command)).toEqual([`${stage}${wanted}FROM scratch\n`]);
    }
  });

  it.each(['RUN server', 'CMD ["server"]', "CMD ['server']", 'CMD a | b', 'HEALTHCHECK CMD server', 'ONBUILD CMD server', 'CMD'])('is not offered here: %s', (line) => {
    expect(execForm(`FROM alpine:3.22\n${line}\n`, line)).toEqual([]);
  });

  it('is not offered on Windows, elsewhere, or where the words would become arguments of another command', () => {
    expect(execForm('FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nCMD server\n', 'CMD')).toEqual([]);
    expect(execForm('FROM alpine:3.22\nCMD server\n', 'FROM')).toEqual([]);
    expect(execForm('FROM alpine:3.22\nENTRYPOINT ["server"]\nCMD a $B\n', 'CMD')).toEqual([]);
  });
});

describe('writing down the pull policy that is the default', () => {
  const pod = (container: string): string => `kind: List\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n${container}`;
  const at = (text: string, place: string): readonly string[] => {
    const start = text.indexOf(place);
    return [...explicitPullPolicy.at('yaml', new SourceText(text), { start, end: start })].map(({ edits }) => applyEdits(text, edits));
  };

  it.each([
    ['nginx', 'Always'],
    ['nginx:latest', 'Always'],
    ['nginx:1.31', 'IfNotPresent'],
    ['nginx@sha256:1', 'IfNotPresent'],
    ['nginx:latest@sha256:1', 'Always'],
  ])('is offered on the image: %s', (image, policy) => {
    const text = pod(`      image: ${image} # web\n      ports: []\n`);
    expect(at(text, image)).toEqual([text.replace('# web\n', `# web\n      imagePullPolicy: ${policy}\n`)]);
  });

  it('is not offered elsewhere, or where it is written, computed, or shared', () => {
    expect(at(pod('      image: nginx\n'), 'name: web')).toEqual([]);
    expect(at(pod('      image: nginx\n      imagePullPolicy: Never\n'), 'nginx')).toEqual([]);
    expect(at(pod('      image: $IMAGE\n'), '$IMAGE')).toEqual([]);
    expect(at('image: nginx\n', 'nginx')).toEqual([]);
    expect(at('apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - &a {name: web, image: nginx}\n  - *a\n', 'nginx')).toEqual([]);
  });
});

/** A build context of these files, as `build` hands it on; a Dockerfile beside them. */
function contextOf(files: Readonly<Record<string, string>>): { readonly path: string; readonly build: BuildContext } {
  const index = new WorkspaceIndex([]);
  index.setRoots(['/r']);
  for (const [path, content] of Object.entries(files)) index.update(`/r/${path}`, content, 'disk');
  index.setListed('/r');
  return { path: '/r/Dockerfile', build: buildContext(index, '/r/Dockerfile') };
}

interface Offered {
  readonly title: string;
  readonly text: string;
  readonly refused: string | undefined;
}

type Action = typeof convertAnyway | typeof serveBuiltFiles | typeof moveBuildSteps;

function offers(action: Action, text: string, from: string, to = from, files?: Readonly<Record<string, string>>): readonly Offered[] {
  const start = text.indexOf(from);
  const end = to === from ? start : text.indexOf(to) + to.length;
  const found = action.at('dockerfile', new SourceText(text), { start, end }, files === undefined ? undefined : contextOf(files));
  return [...found].map(({ title, edits, refused }) => ({ title: render(title, 'en'), text: applyEdits(text, edits), refused: refused === undefined ? undefined : render(refused, 'en') }));
}

describe('converting to a multi-stage build though no finding asks for it', () => {
  const uv = `FROM python:3.13-slim-trixie
COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/uv
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-install-project --no-dev
COPY . .
RUN uv sync --locked --no-dev
CMD ["uv", "run", "fastapi", "run", "src/app"]
`;

  it('is offered where a build stage would win little', () => {
    expect(offers(convertAnyway, uv, 'FROM')).toEqual([{
      title: 'Convert to multi-stage build on python:3.13-slim-trixie', refused: undefined,
      text: `FROM python:3.13-slim-trixie AS build
COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/uv
WORKDIR /app
COPY pyproject.toml uv.lock ./
ENV UV_PYTHON_DOWNLOADS=0
RUN uv sync --locked --no-install-project --no-dev
COPY . .
RUN uv sync --locked --no-dev

FROM python:3.13-slim-trixie
WORKDIR /app
COPY --from=build /app ./
ENV PATH="/app/.venv/bin:$PATH"
CMD ["fastapi", "run", "src/app"]
`,
    }]);
  });

  it('is offered in a file for development, and says why it cannot be done', () => {
    const go = 'FROM golang:1.27 AS dev\nWORKDIR /src\nCOPY . .\nRUN go build -o app .\nCMD ["./app"]\n';
    expect(offers(convertAnyway, go, 'FROM')[0]?.text).toContain('COPY --from=build /src/app ./app\n');
    expect(offers(convertAnyway, 'FROM python:3.12\nWORKDIR /a\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "a.py"]\n', 'FROM')[0]?.refused).toContain('Which packages are installed');
  });

  it('is not offered where the rule has it, elsewhere, and where nothing is built', () => {
    const go = 'FROM golang:1.27\nWORKDIR /src\nCOPY . .\nRUN go build -o app .\nCMD ["./app"]\n';
    expect(offers(convertAnyway, go, 'FROM')).toEqual([]);
    expect(offers(convertAnyway, uv, 'CMD')).toEqual([]);
    expect(offers(convertAnyway, server, 'FROM')).toEqual([]);
  });
});

describe('serving built files by nginx', () => {
  const vite = `FROM node:24-alpine
WORKDIR /app
COPY package.json pnpm-lock.yaml ./
RUN corepack enable && pnpm install --frozen-lockfile
COPY . .
RUN pnpm build
EXPOSE 4173
CMD ["pnpm", "preview", "--host"]
`;
  const nginx = (port: number, path: string, files = '$uri/ /index.html'): string => `FROM nginx:1.30-alpine
COPY <<'NGINX' /etc/nginx/conf.d/default.conf
server {
  listen ${String(port)};
  root /usr/share/nginx/html;
  location / { try_files $uri ${files}; }
}
NGINX
COPY --from=build ${path} /usr/share/nginx/html
`;

  it('takes the place of a preview server', () => {
    const wanted = vite.replace('alpine\n', 'alpine AS build\n').replace('EXPOSE', `\n${nginx(4173, '/app/dist')}EXPOSE`).replace(/CMD.*\n/, '');
    expect(offers(serveBuiltFiles, vite, 'CMD')).toEqual([{ title: 'Serve the built files by nginx', refused: undefined, text: wanted }]);
    expect(offers(serveBuiltFiles, vite, 'FROM')).toHaveLength(1);
    expect(offers(serveBuiltFiles, vite, 'COPY')).toEqual([]);
  });

  it('builds first where the file does not, and keeps what the image says about itself', () => {
    const text = 'FROM node:24\nLABEL a=b\nENV PORT=8080\nWORKDIR /web\nCOPY . .\nRUN npm ci\nCMD npm start\n';
    const files = { 'package.json': JSON.stringify({ scripts: { start: 'react-scripts start', build: 'react-scripts build' }, dependencies: { 'react-scripts': '5' } }) };
    expect(offers(serveBuiltFiles, text, 'CMD', 'CMD', files)[0]?.text).toBe(`FROM node:24 AS build\nENV PORT=8080\nWORKDIR /web\nCOPY . .\nRUN npm ci\nRUN npm run build\n\n${nginx(8080, '/web/build')}LABEL a=b\n`);
  });

  it.each([
    ['RUN npm run build\nCMD ["npx", "serve", "-s", "build", "-l", "5000"]', 5000, '/web/build', undefined],
    ['RUN npm run build\nCMD ["http-server", "public", "-p", "80"]', 80, '/web/public', '$uri.html $uri/ =404'],
    ['RUN npx vite build --outDir out\nEXPOSE 3000\nCMD ["npx", "vite", "preview", "--host"]', 3000, '/web/out', undefined],
    ['RUN npx ng build --output-path=www\nCMD ["npx", "ng", "serve"]', 4200, '/web/www', undefined],
  ])('knows the directory and the port: %s', (lines, port, path, files) => {
    const text = `FROM node:24\nWORKDIR /web\nCOPY . .\nRUN npm ci\n${lines}\n`;
    expect(offers(serveBuiltFiles, text, 'CMD', 'CMD', { 'package.json': '{}' })[0]?.text).toContain(nginx(port, path, files));
  });

  it.each([
    ['RUN npx ng build\nCMD ["npx", "ng", "serve"]', 'ng build'],
    ['USER node\nRUN npm run build\nCMD ["serve", "-s", "dist"]', '"node"'],
    ['RUN npm run build\nHEALTHCHECK CMD node check.js\nCMD ["serve", "-s", "dist"]', '"node"'],
    ['CMD ["npx", "vite"]', 'no build command'],
  ])('says why it cannot: %s', (lines, part) => {
    const text = `FROM node:24\nWORKDIR /web\nCOPY . .\nRUN npm ci\n${lines}\n`;
    expect(offers(serveBuiltFiles, text, 'CMD ["', 'CMD ["', { 'package.json': '{}' })[0]?.refused).toContain(part);
  });

  it('is not offered for other programs', () => {
    expect(offers(serveBuiltFiles, 'FROM node:24\nWORKDIR /a\nCOPY . .\nCMD ["node", "a.js"]\n', 'CMD')).toEqual([]);
    expect(offers(serveBuiltFiles, vite.replace('"preview"', '"start"'), 'CMD')).toEqual([]);
  });
});

describe('moving build steps to a stage', () => {
  const go = 'FROM golang:1.27\nWORKDIR /src\nENV LOG=info\nCOPY . .\nRUN go build -o app .\nEXPOSE 80\nCMD ["./app"]\n';

  it('makes what stands above the base of both stages, and copies what the recipe knows', () => {
    expect(offers(moveBuildSteps, go, 'COPY . .', 'RUN go build -o app .')).toEqual([{
      title: 'Move build steps to a stage', refused: undefined,
      text: 'FROM golang:1.27 AS base\nWORKDIR /src\nENV LOG=info\n\nFROM base AS build\nCOPY . .\nRUN go build -o app .\n\nFROM base\nCOPY --from=build /src/app ./app\nEXPOSE 80\nCMD ["./app"]\n',
    }]);
  });

  it('copies what commands name where no recipe knows the build', () => {
    const text = '# web\nFROM debian:trixie AS web\nRUN apt-get update && apt-get install -y gcc\nWORKDIR /opt/tool\nCOPY tool.c .\nENV A=b\nRUN gcc -O2 -o tool tool.c\nRUN curl -fsSLo data/list.txt https://example.com/list.txt\nUSER nobody\nCMD ["/opt/tool/tool"]\n';
    expect(offers(moveBuildSteps, text, 'RUN apt', 'list.txt\n')[0]?.text).toBe(
      '# web\nFROM debian:trixie AS build\nRUN apt-get update && apt-get install -y gcc\nWORKDIR /opt/tool\nCOPY tool.c .\nENV A=b\nRUN gcc -O2 -o tool tool.c\nRUN curl -fsSLo data/list.txt https://example.com/list.txt\n\nFROM debian:trixie AS web\nWORKDIR /opt/tool\nENV A=b\nCOPY --from=build /opt/tool/tool ./tool\nCOPY --from=build /opt/tool/data/list.txt ./data/list.txt\nUSER nobody\nCMD ["/opt/tool/tool"]\n',
    );
  });

  it('installs in the last stage what the program may need of the packages', () => {
    const text = 'FROM perl:5.42-slim\nRUN apt-get update && apt-get install -y gcc libpq-dev curl\nRUN cpanm DBD::Pg\nCMD ["perl", "/a.pl"]\n';
    expect(offers(moveBuildSteps, text, 'RUN', 'DBD::Pg\n')[0]?.text).toBe(
      'FROM perl:5.42-slim AS build\nRUN apt-get update && apt-get install -y gcc libpq-dev curl\nRUN cpanm DBD::Pg\n\nFROM perl:5.42-slim\nRUN apt-get update \\\n && apt-get install -y libpq5 curl \\\n && rm -rf /var/lib/apt/lists/*\nCOPY --from=build /usr/local/lib/perl5/site_perl /usr/local/lib/perl5/site_perl\nCOPY --from=build /usr/local/bin /usr/local/bin\nCMD ["perl", "/a.pl"]\n',
    );
  });

  it.each([
    ['RUN make install', 'make install'],
    ['RUN apt-get update && apt-get install -y libpq5', 'libpq5'],
    ['RUN git clone https://example.com/a.git\nEXPOSE 80\nRUN echo', 'EXPOSE'],
    ['RUN echo done', 'what they make'],
    ['RUN unzip a.zip -d /usr/local', 'unzip'],
  ])('says why it cannot: %s', (lines, part) => {
    const text = `FROM debian:trixie\nWORKDIR /a\n${lines}\nCMD ["/a/b"]\n`;
    expect(offers(moveBuildSteps, text, 'RUN', lines)[0]?.refused).toContain(part);
  });

  it('is offered for a selection that holds a RUN', () => {
    expect(offers(moveBuildSteps, go, 'RUN')).toEqual([]);
    expect(offers(moveBuildSteps, go, 'COPY', 'COPY . .')).toEqual([]);
    expect(offers(moveBuildSteps, server, 'COPY', 'CMD')).toEqual([]);
  });
});
