// Elements without markup set by string: everything that comes from data is text.

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, any>} [attributes] `on…` are listeners; null and false are left out
 * @param {...(Node | string | null | undefined | false)} inside
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function h(name, attributes = {}, ...inside) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value !== null && value !== false && value !== undefined) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...inside.filter((one) => typeof one === "string" || one instanceof Node));
  return node;
}
