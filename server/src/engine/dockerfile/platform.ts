import { basename } from '../shell/invocation.ts';
import { baseImage } from './base-image.ts';
import { memo } from './memo.ts';
import type { Stage } from './model.ts';
import { rootBase } from './view.ts';
import { stageFacts } from './facts.ts';

/** Names that only images of Windows have. */
const windowsName = /(?:^|[/:.-])(?:windows|windowsservercore|nanoserver|servercore)(?:$|[/:.-])|(?:^|[:-])ltsc\d{4}(?:$|-)/;

/**
 * Is this stage built for Windows? Told by the image's name or tag, by `--platform=windows/…`, by a SHELL of cmd or
 * PowerShell, and by a path with a drive letter where the file uses the escape character made for such paths. Rules
 * about signals, shells and packages leave these stages alone.
 */
export const isWindows = memo((stage: Stage): boolean => {
  const base = rootBase(stage);
  const text = base.kind === 'image' ? base.text : base.kind === 'unresolved' ? base.text : '';
  if (windowsName.test(text.toLowerCase()) || baseImage(stage)?.family === 'windows') return true;
  if (stage.from.platform?.toLowerCase().startsWith('windows') === true) return true;
  const shell = basename(stageFacts(stage).shell?.value[0]?.replaceAll('\\', '/'))?.toLowerCase();
  if (shell !== undefined && /^(?:cmd|powershell)(?:\.exe)?$/.test(shell)) return true;
  return stage.file.escape === '`' && stage.instructions.some((each) => each.keyword === 'WORKDIR' && /^["']?[a-z]:/i.test(each.args));
});
