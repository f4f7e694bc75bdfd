import type { Stage } from './model.ts';

const development = /(?:^|[._-])(?:dev|devel|develop|development|devcontainer|debug|local|tilt|tests?|testing|e2e|ci|cicd|lint|linter|tools?|bench|fuzz|docs)(?:$|[._-])/i;
const building = /(?:^|[._-])(?:build|builder|base)(?:$|[._-])/i;

/**
 * Is this the recipe of an image that developers or build servers use, by its name: `Dockerfile.dev`, `test.Dockerfile`,
 * `.devcontainer/Dockerfile`? Only the file's own name and special folders count: `/home/me/test/app/Dockerfile` may be anything.
 * @param path file name or URI
 */
export function isDevelopmentFile(path: string): boolean {
  return isDevelopersFile(path) || building.test(path.split(/[\\/]/).at(-1) ?? '');
}

/** The same without files named after what others are built on: what `Dockerfile.base` holds is deployed in the end. */
export function isDevelopersFile(path: string): boolean {
  const segments = path.split(/[\\/]/);
  const folder = segments.at(-2);
  return development.test(segments.at(-1) ?? '') || folder === '.devcontainer' || folder === '.github';
}

/** The same by the name of a stage: `FROM base AS dev`. A last stage that is called `build` is deployed all the same. */
export function isDevelopmentStage({ name }: Stage): boolean {
  return name !== undefined && development.test(name);
}
