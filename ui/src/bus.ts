// SPDX-License-Identifier: Apache-2.0
// Which stretch is selected: one value shared by the figures and the address (#s=S08).

type Listener = (id: string | null) => void;

const listeners = new Set<Listener>();
let current: string | null = null;

export function selected(): string | null {
  return current;
}

export function select(id: string | null): void {
  if (id === current) return;
  current = id;
  history.replaceState(null, "", id ? `#s=${encodeURIComponent(id)}` : location.pathname);
  for (const listen of listeners) listen(id);
}

export function onSelect(listen: Listener): void {
  listeners.add(listen);
}

/** Drops the listeners of figures that are about to be drawn anew. */
export function forgetListeners(): void {
  listeners.clear();
}

export function selectFromAddress(known: string[]): void {
  const id = new URLSearchParams(location.hash.slice(1)).get("s");
  if (id && known.includes(id)) current = id;
}
