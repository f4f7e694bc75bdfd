import './extension.ts';
import './rules.ts';
import './quiet.ts';
import './workspace.ts';
import './patterns.ts';
import './timeline.ts';
