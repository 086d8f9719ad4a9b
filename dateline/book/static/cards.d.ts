export function render(context: { model: object; el: HTMLElement }): (() => void) | undefined;
