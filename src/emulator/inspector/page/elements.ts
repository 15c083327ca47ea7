/** Makes elements. Whatever text they are given is only ever text. */
export interface Elements {
  readonly html: (tag: string, attributes?: Attributes, ...children: readonly (Node | string)[]) => HTMLElement
  readonly svg: (tag: string, attributes?: Attributes, ...children: readonly (Node | string)[]) => SVGElement
}

export type Attributes = Readonly<Record<string, string | number>>

export function createElements(document: Document): Elements {
  function fill<E extends Element>(element: E, attributes: Attributes, children: readonly (Node | string)[]): E {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
    element.append(...children)
    return element
  }
  return {
    html: (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children),
    svg: (tag, attributes = {}, ...children) =>
      fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children),
  }
}
