import { dockerfile, longDockerfile } from './dockerfiles.mjs';
import { document, settings } from './manifests.mjs';
import { parts, pick, teams, text } from './words.mjs';

/** A whole repository of manifests, Dockerfiles and other YAML. */

/** @param {number} number YAML that is nobody's manifest: a workflow */
function workflow(number) {
  return text([
    'name: build',
    'on: [push]',
    'jobs:',
    ...Array.from({ length: 4 }, (_, job) => [`  job-${job}:`, '    runs-on: ubuntu-latest', '    steps:', ...settings(number + job, 12, '      # ')]).flat(),
  ]);
}

/**
 * The files of a repository of `count` files: three of five are manifests, one is a Dockerfile, one is other YAML.
 * @param {number} count
 * @returns {readonly { path: string, text: string }[]}
 */
export function repository(count = 1500) {
  return Array.from({ length: count }, (_, number) => {
    const folder = `${pick(teams, number)}/${pick(parts, number)}-${Math.floor(number / 40)}`;
    if (number % 5 === 3) return { path: `${folder}/${number}/Dockerfile`, text: number % 50 === 3 ? longDockerfile(4) : dockerfile() };
    if (number % 5 === 4) return { path: `${folder}/workflow-${number}.yaml`, text: workflow(number) };
    const documents = Array.from({ length: 1 + (number % 4) }, (_, index) => ['---', ...document(number * 4 + index)]);
    return { path: `${folder}/manifest-${number}.yaml`, text: text(documents.flat()) };
  });
}
