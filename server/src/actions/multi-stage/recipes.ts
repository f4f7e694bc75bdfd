import { c } from './c.ts';
import { dotnet } from './dotnet.ts';
import { elixir } from './elixir.ts';
import { go } from './go.ts';
import { gradle } from './gradle.ts';
import { maven } from './maven.ts';
import { node } from './node.ts';
import { php } from './php.ts';
import { python } from './python.ts';
import { ruby } from './ruby.ts';
import type { Recipe } from './recipe.ts';
import { rust } from './rust.ts';

/** Every ecosystem that is recognised. The first recipe that recognises a stage speaks for it. */
export const recipes: readonly Recipe[] = [go, node, maven, gradle, dotnet, elixir, python, ruby, rust, php, c];
