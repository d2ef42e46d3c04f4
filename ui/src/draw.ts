// SPDX-License-Identifier: Apache-2.0
// SVG elements, text widths and step paths: the few marks that every figure is made of.

type Attributes = Record<string, string | number | undefined>;

const namespace = "http://www.w3.org/2000/svg";

export function el(tag: string, attributes: Attributes, ...children: (Node | string)[]): SVGElement {
  const node = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) node.setAttribute(name, typeof value === "number" ? round(value) : value);
  node.append(...children);
  return node;
}

/** An image for screen readers; its text is the paragraph that the host points to. */
export function image(host: HTMLElement, width: number, height: number): SVGElement {
  return el("svg", {
    viewBox: `0 0 ${width} ${height}`, width, height, role: "img",
    "aria-labelledby": host.dataset.alt ?? "",
  });
}

/** Fills a rectangle with the hatching that means "no data". */
export function hatching(id: string): SVGElement {
  return el("pattern", { id, width: 6, height: 6, patternUnits: "userSpaceOnUse" },
    el("path", { d: "M-1,7 L7,-1", class: "hatch" }));
}

export function line(x1: number, y1: number, x2: number, y2: number, cls: string): SVGElement {
  return el("line", { x1, y1, x2, y2, class: cls });
}

export function text(x: number, y: number, content: string, cls: string, anchor = "start"): SVGElement {
  return el("text", { x, y, class: cls, "text-anchor": anchor }, content);
}

export function diamond(x: number, y: number, radius: number, cls: string): SVGElement {
  const r = radius;
  return el("path", { d: `M${round(x)},${round(y - r)}l${r},${r}l${-r},${r}l${-r},${-r}z`, class: cls });
}

const canvas = document.createElement("canvas").getContext("2d");

export function textWidth(content: string, size: number, weight = 400): number {
  if (!canvas) return content.length * size * 0.6;
  canvas.font = `${weight} ${size}px Inter, sans-serif`;
  return canvas.measureText(content).width * 1.02;
}

/** Cuts a label with an ellipsis so that it fits; empty when not even three letters do. */
export function fitted(content: string, size: number, room: number, weight = 400): string {
  if (textWidth(content, size, weight) <= room) return content;
  for (let length = content.length - 1; length >= 3; --length) {
    const cut = `${content.slice(0, length).trimEnd()}…`;
    if (textWidth(cut, size, weight) <= room) return cut;
  }
  return "";
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}
