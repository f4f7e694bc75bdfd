import { fileKey } from '../workspace/paths.ts';
import type { WorkspaceIndex } from '../workspace/workspace-index.ts';
import { isTemplate } from '../yaml/template.ts';

const folder = '/templates/';

/** Words that only Helm's templates have: its objects, and the actions that no other use of braces knows. */
const helmWords = /\{\{-?\s*(?:\(?\s*(?:include|template|toYaml|tpl)\s|(?:if|with|range|define)\s|[^{}]*\.(?:Values|Release|Chart|Capabilities)\b)/;

/**
 * Is the file a template of a Helm chart? Its editor says so, or it stands in `templates/` beside a known `Chart.yaml`,
 * or, where nobody looked for one, in `templates/` and speaks Helm's words.
 */
export function isChartTemplate(uri: string, text: string, languageId: string | undefined, index: WorkspaceIndex): boolean {
  if (!isTemplate(text)) return false;
  if (languageId?.toLowerCase() === 'helm') return true;
  const key = fileKey(uri);
  for (let at = key.indexOf(folder); at >= 0; at = key.indexOf(folder, at + 1)) {
    if (index.has(`${key.slice(0, at)}/Chart.yaml`)) return true;
  }
  return key.includes(folder) && helmWords.test(text);
}

/** Does the file stand among the tests of a chart, which `helm test` alone runs? */
export function isChartTest(uri: string): boolean {
  return fileKey(uri).includes(`${folder}tests/`);
}
