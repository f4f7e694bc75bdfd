/** What the files of the build context tell a conversion. */
import { describe, expect, it } from 'vitest';
import { convertIn } from './support.ts';

const json = (content: object): string => JSON.stringify({ dependencies: { express: '5' }, ...content });

/** From the last FROM on. */
function finalStage(text: string | undefined): string | undefined {
  return text?.slice(text.lastIndexOf('\nFROM ') + 1).trimEnd();
}

type Files = Readonly<Record<string, string>>;

function expectFinal(files: Files, text: string, wanted: string): void {
  const { texts, refused } = convertIn(files, text);
  expect(refused).toBeUndefined();
  expect(finalStage(texts[0])).toBe(wanted);
}

function expectRefusal(files: Files, text: string, part: string): void {
  expect(convertIn(files, text).refused).toContain(part);
}

describe('package.json', () => {
  const npm = (start: string, build = 'RUN npm ci && npm run build'): string => `FROM node:24\nWORKDIR /app\nCOPY . .\n${build}\nCMD ${start}\n`;
  const bundled = 'COPY --from=build /app/package.json ./package.json\nCOPY --from=build /app/node_modules ./node_modules\nCOPY --from=build /app/dist ./dist';

  it('tells what npm start runs; npm is part of the small image, so CMD stays', () => {
    expectFinal({ 'package.json': json({ scripts: { start: 'node dist/main.js' } }) }, npm('["npm", "start"]'), `FROM node:24-slim\nWORKDIR /app\n${bundled}\nCMD ["npm", "start"]`);
  });

  it('is not asked where nobody has read it', () => {
    expectRefusal({}, npm('["npm", "start"]'), 'package.json');
  });

  it('counts from another folder that COPY names, unless .dockerignore leaves it out', () => {
    const text = 'FROM node:24\nWORKDIR /app\nCOPY web/package*.json ./\nRUN npm ci\nCOPY web/ ./\nRUN npm run build\nCMD ["npm", "start"]\n';
    const files = { 'package.json': json({}), 'web/package.json': json({ scripts: { start: 'node dist/main.js' } }) };
    expectFinal(files, text, `FROM node:24-slim\nWORKDIR /app\n${bundled}\nCMD ["npm", "start"]`);
    expectRefusal({ ...files, '.dockerignore': 'web/*.json\n' }, text, 'package.json');
  });

  it('gives pnpm, which the small image lacks, way to the program itself', () => {
    const text = 'FROM node:24-alpine\nRUN corepack enable\nWORKDIR /app\nCOPY . .\nRUN pnpm i --frozen-lockfile && pnpm build\nCMD pnpm start\n';
    const { texts } = convertIn({ 'package.json': json({ scripts: { start: 'node dist/main.js --port 80' } }), 'pnpm-lock.yaml': '' }, text);
    expect(texts[0]).toContain('RUN CI=true pnpm prune --prod --ignore-scripts\n');
    expect(finalStage(texts[0])).toBe(`FROM node:24-alpine\nWORKDIR /app\n${bundled}\nCMD ["node", "dist/main.js", "--port", "80"]`);
    expectRefusal({ 'package.json': json({ scripts: { start: 'PORT=80 node dist/main.js' } }) }, text, '"pnpm"');
    expectFinal({ 'package.json': json({ scripts: { start: 'next start' }, dependencies: { next: '16' } }) }, text, 'FROM node:24-alpine\nWORKDIR /app\nCOPY --from=build /app ./\nCMD ["./node_modules/.bin/next", "start"]');
  });

  it('sends the whole directory along where the program is not one file of the output', () => {
    const whole = (cmd: string): string => `FROM node:24-slim\nWORKDIR /app\nCOPY --from=build /app ./\nCMD ${cmd}`;
    expectFinal({ 'package.json': json({ scripts: { start: 'next start -p 8080' }, dependencies: { next: '16' } }) }, npm('["npm", "start"]'), whole('["npm", "start"]'));
    expectFinal({ 'package.json': json({ scripts: { start: 'NODE_ENV=production node server.js' } }) }, npm('npm start'), whole('npm start'));
    expectFinal({ 'package.json': json({ workspaces: ['a'] }) }, npm('["node", "dist/a.js"]'), whole('["node", "dist/a.js"]'));
    expectFinal({ 'package.json': json({ main: 'lib/index.js' }) }, npm('["node", "."]'), whole('["node", "."]'));
  });

  it('names the tools that production keeps', () => {
    expectRefusal({ 'package.json': json({ scripts: { start: 'serve -s build' }, devDependencies: { serve: '14' } }) }, npm('["npm", "start"]'), 'devDependencies');
    expectRefusal({ 'package.json': json({ scripts: { start: 'serve -s build' } }) }, npm('["npm", "start"]'), '"serve"');
    expectRefusal({ 'package.json': json({ scripts: { start: './run.sh' } }) }, npm('["npm", "start"]'), './run.sh');
    expectRefusal({ 'package.json': json({ scripts: {} }) }, npm('["npm", "run", "prod"]'), 'no script "prod"');
  });

  it('shows that there is nothing of node_modules to take along, and what production lacks', () => {
    expectFinal({ 'package.json': json({ dependencies: {}, scripts: { start: 'node dist/main.js' } }) }, npm('["npm", "start"]'),
      'FROM node:24-slim\nWORKDIR /app\nCOPY --from=build /app/package.json ./package.json\nCOPY --from=build /app/dist ./dist\nCMD ["npm", "start"]');
    expectRefusal({ 'package.json': json({ scripts: { start: 'node -r dotenv/config dist/main.js' }, devDependencies: { dotenv: '17' } }) }, npm('["npm", "start"]'), '"dotenv" belongs to devDependencies');
  });

  it('shows builds at the start, also before it, and development servers, which are no finding', () => {
    expectRefusal({ 'package.json': json({ scripts: { prestart: 'npm run build', start: 'node dist/a.js', build: 'tsc' } }) }, npm('["npm", "start"]'), 'builds when it starts: "tsc"');
    expect(convertIn({ 'package.json': json({ scripts: { start: 'nodemon src/a.js' } }) }, npm('["npm", "start"]')).message).toBeUndefined();
    expectRefusal({ 'package.json': json({ scripts: { start: 'npm run start' } }) }, npm('["npm", "start"]'), 'npm run start');
  });

  it('shows native add-ons, and what they need of the system', () => {
    const text = 'FROM node:24\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\nCOPY . .\nCMD ["npm", "start"]\n';
    expectFinal({ 'package.json': json({ scripts: { start: 'node server.js' }, dependencies: { 'pg-native': '3' } }) }, text,
      'FROM node:24-slim\nRUN apt-get update \\\n && apt-get install -y --no-install-recommends libpq5 \\\n && rm -rf /var/lib/apt/lists/*\nWORKDIR /app\nCOPY --from=build /app ./\nCOPY . .\nCMD ["npm", "start"]');
    expect(convertIn({ 'package.json': json({ scripts: { start: 'node server.js' }, dependencies: { express: '5' } }) }, text).message).toBeUndefined();
  });

  it('names packages that read files beside the output: the whole directory goes along', () => {
    const final = (own: string): string => `FROM node:24-slim\nWORKDIR /app\n${own}\nCMD ["node", "dist/main.js"]`;
    const whole = final('COPY --from=build /app ./');
    const text = npm('["node", "dist/main.js"]');
    for (const name of ['config', 'ejs', '@grpc/proto-loader', 'dotenv']) expectFinal({ 'package.json': json({ dependencies: { [name]: '1' } }) }, text, whole);
    expectFinal({ 'package.json': json({ dependencies: { dotenv: '17' } }), '.dockerignore': 'node_modules\n.env*\n' }, text, final(bundled));
  });

  it('names packages that need more than the small image has', () => {
    const text = npm('["node", "dist/main.js"]');
    expectRefusal({ 'package.json': json({ dependencies: { puppeteer: '24' } }) }, text, '"puppeteer" puts a browser');
    expect(convertIn({ 'package.json': json({ dependencies: { puppeteer: '24' } }) }, text.replace('COPY', 'ENV PUPPETEER_SKIP_DOWNLOAD=true\nCOPY')).refused).toBeUndefined();
    expectRefusal({ 'package.json': json({ dependencies: { 'node-rdkafka': '3' } }) }, text, '"node-rdkafka"');
    expect(convertIn({ 'package.json': json({ dependencies: { 'node-rdkafka': '3' } }) }, text.replace('node:24', 'node:24-slim')).refused).toBeUndefined();
    expectRefusal({ 'package.json': json({ dependencies: { '@prisma/client': '6' } }) }, text.replace('npm ci', 'yarn install'), 'Prisma client');
  });

  it('shows what is only there for development, behind next start and ts-node too', () => {
    const next = (version: string): Files => ({ 'package.json': json({ scripts: { start: 'next start' }, dependencies: { next: version }, devDependencies: { typescript: '5' } }) });
    expectRefusal(next('^15.4.0'), npm('["npm", "start"]'), 'next.config.ts');
    expect(convertIn(next('^14.2.0'), npm('["npm", "start"]')).refused).toBeUndefined();
    expect(convertIn(next('16'), npm('["npm", "start"]').replace('COPY', 'COPY next.config.mjs ./\nCOPY')).refused).toBeUndefined();
    expectRefusal({ 'package.json': json({ dependencies: { 'ts-node': '10' }, devDependencies: { typescript: '5' } }) }, npm('["npx", "ts-node", "src/main.ts"]'), '"typescript" belongs to devDependencies');
  });

  it('shows package managers that scripts call in their turn', () => {
    const scripts = { start: 'pnpm run serve', serve: 'node dist/main.js' };
    expectFinal({ 'package.json': json({ scripts }) }, npm('["npm", "start"]', 'RUN npm i -g pnpm && pnpm install && pnpm build'), `FROM node:24-slim\nWORKDIR /app\n${bundled}\nCMD ["node", "dist/main.js"]`);
  });

  it('and its neighbours tell which Yarn it is', () => {
    const text = 'FROM node:22\nRUN corepack enable\nWORKDIR /app\nCOPY . .\nRUN yarn install && yarn build\nCMD ["node", "dist/main.js"]\n';
    const { texts } = convertIn({ 'package.json': json({ packageManager: 'yarn@4.5.0' }), '.yarnrc.yml': '', 'yarn.lock': '' }, text);
    expect(texts[0]).toContain('RUN yarn workspaces focus --all --production\n');
    expectRefusal({ 'package.json': json({ packageManager: 'yarn@3.2.0' }), '.yarnrc.yml': '' }, text, '.yarnrc.yml');
    expect(convertIn({ 'package.json': json({}), 'yarn.lock': '' }, text).texts[0]).toContain('RUN yarn install --production --ignore-scripts --prefer-offline\n');
    expectRefusal({ 'package.json': json({}), 'pnpm-workspace.yaml': '' }, text.replaceAll('yarn', 'pnpm'), 'workspace');
  });
});

describe('go.mod', () => {
  const text = (build: string, cmd: string): string => `FROM golang:1.27-trixie\nWORKDIR /src\nCOPY . .\nRUN ${build}\nCMD ${cmd}\n`;
  const base = 'FROM debian:trixie-slim\nRUN apt-get update \\\n && apt-get install -y --no-install-recommends ca-certificates \\\n && rm -rf /var/lib/apt/lists/*\nWORKDIR /src';
  const files = { 'go.mod': 'module example.com/shop/api/v2\n\ngo 1.24\n' };

  it('names the program', () => {
    expectFinal(files, text('go build', '["./api"]'), `${base}\nCOPY --from=build /src/api ./api\nCMD ["./api"]`);
    expectFinal(files, text('go install .', '["api"]'), `${base}\nCOPY --from=build /go/bin/api /usr/local/bin/api\nCMD ["api"]`);
    expectRefusal(files, text('go build', '["./server"]'), 'the build makes "api"');
  });

  it('names C++ libraries, which distroless/base lacks', () => {
    const { texts } = convertIn({ 'go.mod': 'module x/api\nrequire github.com/marcboeker/go-duckdb/v2 v2.0.0\n' }, text('go build -o api .', '["./api"]'));
    expect(finalStage(texts[1])).toContain('FROM gcr.io/distroless/cc-debian13\n');
  });

  it('names modules that look for their files when the program runs', () => {
    expectRefusal({ 'go.mod': 'module x/api\nrequire github.com/yanyiwu/gojieba v1.4.6\n' }, text('go build -o api .', '["./api"]'), 'gojieba');
  });

  it('and the listing show configuration that no command names', () => {
    const start = text('go build -o api .', '["./api"]');
    const wanted = (more: string): string => `${base}\nCOPY --from=build /src/api ./api\n${more}CMD ["./api"]`;
    expectFinal({ ...files, 'config.yaml': 'a: 1\n', 'compose.yaml': 'services: {}\n' }, start, wanted('COPY --from=build /src/config.yaml ./config.yaml\n'));
    expectFinal({ ...files, 'configs/prod.yaml': 'a: 1\n' }, start, wanted('COPY --from=build /src/configs ./configs\n'));
    expectFinal({ ...files, 'config.yaml': 'a: 1\n', '.dockerignore': 'config.yaml\n' }, start, wanted(''));
  });

  it('and the listing tell whether a configuration file is in the image', () => {
    const start = text('go build -o api .', '["./api", "-config", "config.yaml"]');
    const plain = `${base}\nCOPY --from=build /src/api ./api\nCMD ["./api", "-config", "config.yaml"]`;
    expectFinal({ ...files, 'config.yaml': 'a: 1\n' }, start, plain.replace('\nCMD', '\nCOPY --from=build /src/config.yaml ./config.yaml\nCMD'));
    expectFinal(files, start, plain);
    expectFinal({ ...files, 'config.yaml': 'a: 1\n', '.dockerignore': '*.yaml\n' }, start, plain);
    expectRefusal({}, start, 'config.yaml');
    expect(convertIn(files, start, false).refused).toContain('config.yaml');
    expectRefusal(files, start.replace('go build', 'cp example.yaml config.yaml && go build'), 'config.yaml');
  });
});

describe('pom.xml', () => {
  const pom = (inner: string, plugin?: string): string =>
    `<project><artifactId>shop</artifactId><version>1</version>${inner}${plugin === undefined ? '' : `<build><plugins><plugin><artifactId>${plugin}</artifactId></plugin></plugins></build>`}</project>`;
  const text = (from: string, cmd = '["java", "-jar", "target/shop-1.jar"]'): string => `FROM ${from}\nWORKDIR /app\nCOPY . .\nRUN mvn package\nCMD ${cmd}\n`;
  const temurin = 'maven:3.9-eclipse-temurin-21';

  it('tells a jar that holds everything from one that needs its neighbours', () => {
    const final = (path: string): string => `FROM eclipse-temurin:21-jre\nWORKDIR /app\nCOPY --from=build /app/${path} ./${path}\nCMD ["java", "-jar", "target/shop-1.jar"]`;
    expectFinal({ 'pom.xml': pom('', 'spring-boot-maven-plugin') }, text(temurin), final('target/shop-1.jar'));
    expectFinal({ 'pom.xml': pom('', 'maven-jar-plugin') }, text(temurin), final('target'));
  });

  it('tells the Java version where the tag does not', () => {
    expect(finalStage(convertIn({ 'pom.xml': pom('<properties><java.version>21</java.version></properties>') }, text('maven:3.9')).texts[0])).toContain('FROM eclipse-temurin:21-jre\n');
    expectRefusal({ 'pom.xml': pom('<properties><java.version>1.8</java.version></properties>') }, text('maven:3.9'), 'Java version');
  });

  it('tells another name of the jar', () => {
    expectRefusal({ 'pom.xml': pom('<build><finalName>web</finalName></build>') }, text(temurin), 'target/web.jar');
    expectRefusal({ 'pom.xml': pom('<packaging>war</packaging>') }, text(temurin), 'target/shop-1.war');
    expect(convertIn({ 'pom.xml': pom('<packaging>war</packaging>') }, text(temurin, '["java", "-jar", "target/shop-1.war"]')).refused).toBeUndefined();
  });

  it('names modules, whose folders hold sources', () => {
    const files = {
      'pom.xml': '<project><artifactId>all</artifactId><packaging>pom</packaging><version>1</version><modules><module>api</module><module>core</module></modules></project>',
      'api/pom.xml': pom('', 'maven-shade-plugin'),
    };
    const start = '["java", "-jar", "api/target/shop-1.jar"]';
    expectFinal(files, `FROM ${temurin}\nWORKDIR /app\nCOPY pom.xml .\nCOPY api api\nCOPY core core\nRUN mvn package\nCMD ${start}\n`,
      `FROM eclipse-temurin:21-jre\nWORKDIR /app\nCOPY --from=build /app/api/target/shop-1.jar ./api/target/shop-1.jar\nCMD ${start}`);
  });
});
