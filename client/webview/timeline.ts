// Runs inside the panel: shows what the extension sends, and tells it what a person does there.

export {};

interface Shown {
  readonly kind: 'show';
  readonly svg: string;
  readonly summary: string;
  readonly containers: readonly string[];
  /** The container that is made to fail, and how. */
  readonly failing?: { readonly container: string; readonly how: string };
}

type Told = Shown | { readonly kind: 'none'; readonly text: string };

interface Words {
  readonly fails: string;
  readonly works: string;
  readonly hows: Readonly<Record<string, string>>;
}

declare function acquireVsCodeApi(): { readonly postMessage: (message: unknown) => void };

const editor = acquireVsCodeApi();
const picture = byId('picture');
const told = byId('status');
const switches = byId('switches');
const words = JSON.parse(document.body.dataset['words'] ?? '{}') as Words;

function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`no #${id}`);
  return found;
}

/** The lane that an event came from. */
function laneOf({ target }: Event): SVGElement | undefined {
  const lane = target instanceof Element ? target.closest('[data-line]') : null;
  return lane instanceof SVGElement ? lane : undefined;
}

function goTo(event: Event): void {
  const lane = laneOf(event);
  if (lane === undefined || lane === picture.firstElementChild) return;
  event.preventDefault();
  editor.postMessage({ kind: 'go', line: Number(lane.dataset['line']) });
}

picture.addEventListener('click', goTo);
picture.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' || event.key === ' ') goTo(event);
});
byId('export').addEventListener('click', () => {
  editor.postMessage({ kind: 'export' });
});

/** One choice for each container; only one of them can fail at a time. */
function choices({ containers, failing }: Shown): void {
  const active = document.activeElement?.id;
  switches.replaceChildren(...containers.map((container, index) => {
    const label = document.createElement('label');
    const select = document.createElement('select');
    select.id = `fails-${String(index)}`;
    for (const [value, text] of [['', words.works], ...Object.entries(words.hows)] as const) {
      select.add(new Option(text, value, false, failing?.container === container ? failing.how === value : value === ''));
    }
    select.addEventListener('change', () => {
      editor.postMessage(select.value === '' ? { kind: 'fail' } : { kind: 'fail', container, how: select.value });
    });
    label.append(`${words.fails.replace('{0}', container)} `, select);
    return label;
  }));
  if (active !== undefined && active !== '') document.getElementById(active)?.focus();
}

window.addEventListener('message', ({ data }: MessageEvent<Told>) => {
  const isShown = data.kind === 'show';
  document.body.classList.toggle('empty', !isShown);
  const text = isShown ? data.summary : data.text;
  // Said aloud only when it changes.
  if (told.textContent !== text) told.textContent = text;
  if (!isShown) return;
  const focused = document.activeElement?.getAttribute('data-container');
  picture.innerHTML = data.svg;
  choices(data);
  if (focused !== null && focused !== undefined) picture.querySelector<SVGElement>(`[data-container="${CSS.escape(focused)}"]`)?.focus();
});

editor.postMessage({ kind: 'ready' });
